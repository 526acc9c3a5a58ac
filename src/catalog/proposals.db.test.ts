import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { type Elements, loadElements } from '../elements/door.ts';
import { staffActor } from '../identity/actor.ts';
import { powersOf, type Role, type StaffActor } from '../identity/door.ts';
import { openTrail } from '../ledger/door.ts';
import { type Db, openLog, randomIds } from '../platform/door.ts';
import { openCatalog } from './catalog.ts';
import { openProposals } from './proposals.ts';

/** One proposes, another one publishes; folders and pages agree. */
let db: Db;
let root: string;
let elements: Elements;
const region = '360121';
const at = new Date('2026-06-10T02:00:00.000Z');
const moment = { at, from: '127.0.0.0/24' };
const someone = (id: string, ...roles: Role[]): StaffActor => {
  const place = { division: '360121000000', agency: '360121-government-services' };
  const who = { id: `${region}-${id}`, region, name: id, ...place, agencyName: { zh: '', en: '' } };
  return staffActor(who, powersOf(roles, place));
};
const editor = someone('editor', 'catalog-editor');
const publisher = someone('publisher', 'catalog-publisher');
const both = someone('both', 'catalog-editor', 'catalog-publisher');
const item = (id: string) => ({ kind: 'item' as const, id });

const open = async () => {
  const log = openLog('silent');
  const folders = [{ items: join(root, 'items'), bundles: join(root, 'bundles') }];
  const catalog = await openCatalog({ db, elements, folders, log });
  const ids = randomIds(() => at);
  return { catalog, proposals: openProposals({ db, ids, catalog, elements, trail: openTrail(db, ids) }) };
};
type Open = Awaited<ReturnType<typeof open>>;
/** A change of the plain name of an item, proposed by somebody. */
async function propose({ proposals }: Open, id: string, words: string, by = editor): Promise<string> {
  const { source, newest } = await proposals.begin(by, item(id));
  const changed = source.replace(/^plain: .*$/m, `plain: { zh: ${words}, en: ${words} }`);
  return proposals.propose(by, { ...item(id), source: changed, base: newest.version, note: '群众看不懂' }, moment);
}
const folderFile = (id: string) => join(root, 'items', id, 'item.yaml');

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  root = await mkdtemp(join(tmpdir(), 'proposals-'));
  await cp('items', join(root, 'items'), { recursive: true });
  await cp('bundles', join(root, 'bundles'), { recursive: true });
  elements = (await loadElements('elements')).elements;
});

describe('a proposal', () => {
  it('begins with the text of the folder, remarks and all', async () => {
    const { proposals } = await open();
    const { source, newest } = await proposals.begin(editor, item('senior-card'));
    expect(source).toBe(await readFile(folderFile('senior-card'), 'utf8'));
    expect(newest).toMatchObject({ version: 1, origin: 'folder' });
  });

  it('published by somebody else, is the newest version here and in every process; the one before stays', async () => {
    const [here, elsewhere] = [await open(), await open()];
    const id = await propose(here, 'senior-card', '老人卡');
    expect(here.catalog.item('senior-card')?.plain.zh).not.toBe('老人卡');
    await here.proposals.publish(publisher, id, moment);
    expect(here.catalog.item('senior-card')).toMatchObject({ version: 2, plain: { zh: '老人卡' } });
    expect(here.catalog.item('senior-card', 1)?.plain.zh).not.toBe('老人卡');
    await expect.poll(() => elsewhere.catalog.item('senior-card')?.version).toBe(2);
    expect(await here.proposals.get(editor, id)).toMatchObject({ standing: 'published', decidedName: 'publisher' });
  });

  it('says in the trail who proposed and who published what, with the hash of the content', async () => {
    const rows = await db.query<{ what: string; who_id: string; about: string; detail: Record<string, unknown> }>(
      "select what, who_id, about, detail from ledger.trail where what like 'catalog.%' order by what",
    );
    const [proposed, published] = rows;
    expect(proposed).toMatchObject({ what: 'catalog.propose', who_id: editor.id, about: 'item/senior-card' });
    expect(published).toMatchObject({ what: 'catalog.publish', who_id: publisher.id });
    expect(published?.detail).toMatchObject({ proposedBy: editor.id, version: 2, hash: proposed?.detail.hash });
    const [version] = await db.query<{ hash: string }>(
      "select hash from catalog.version where kind = 'item' and id = 'senior-card' and version = 2",
    );
    expect(version?.hash).toBe(proposed?.detail.hash);
  });

  it('is published by nobody who proposed it, whatever else they hold', async () => {
    const here = await open();
    const id = await propose(here, 'residence-permit', '居住证', both);
    await expect(here.proposals.publish(both, id, moment)).rejects.toThrow('not-allowed');
    await expect(here.proposals.giveBack(both, id, '不好', moment)).rejects.toThrow('not-allowed');
    await expect(here.proposals.publish(editor, id, moment)).rejects.toThrow('not-allowed');
    expect(await here.proposals.get(both, id)).toMatchObject({ mayDecide: false, standing: 'waiting' });
    expect(await here.proposals.get(publisher, id)).toMatchObject({ mayDecide: true });
  });

  it('given back with a reason, is decided: nobody publishes it any more', async () => {
    const here = await open();
    const id = await propose(here, 'old-age-allowance', '高龄钱');
    await expect(here.proposals.giveBack(publisher, id, ' ', moment)).rejects.toThrow('form-invalid');
    await here.proposals.giveBack(publisher, id, '没有依据', moment);
    await expect(here.proposals.publish(publisher, id, moment)).rejects.toThrow('proposal-decided');
    expect(await here.proposals.get(editor, id)).toMatchObject({ standing: 'returned', reason: '没有依据' });
    expect((await here.proposals.begin(editor, item('old-age-allowance'), id)).source).toContain('高龄钱');
  });

  it('written over a version that is not the newest any more is stale, and is not published', async () => {
    const here = await open();
    const [first, second] = [
      await propose(here, 'social-security-card', '甲'),
      await propose(here, 'social-security-card', '乙'),
    ];
    await here.proposals.publish(publisher, first, moment);
    expect(await here.proposals.get(publisher, second)).toMatchObject({ standing: 'stale', base: 1, newest: 2 });
    await expect(here.proposals.publish(publisher, second, moment)).rejects.toThrow('proposal-stale');
    expect(here.catalog.item('social-security-card')?.plain.zh).toBe('甲');
  });

  it('published twice at the same moment, is published once', async () => {
    const here = await open();
    const id = await propose(here, 'maternity-benefit', '丙');
    const other = someone('other', 'catalog-publisher');
    const both = await Promise.allSettled([publisher, other].map((who) => here.proposals.publish(who, id, moment)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(here.catalog.item('maternity-benefit')?.version).toBe(2);
  });

  it('must be right, say something new, over what stands now, and say why', async () => {
    const { proposals } = await open();
    const { source, newest } = await proposals.begin(editor, item('temporary-relief'));
    const given = { ...item('temporary-relief'), source, base: newest.version, note: '为了看看' };
    const tell = async (change: Partial<typeof given>) => {
      const error: { fields?: { code: string }[] } = await proposals
        .propose(editor, { ...given, ...change }, moment)
        .then(
          () => ({}),
          (thrown: { fields: { code: string }[] }) => thrown,
        );
      return error.fields?.[0]?.code;
    };
    const changed = source.replace(/^plain: .*$/m, 'plain: { zh: 丁, en: d }');
    expect(await tell({})).toBe('catalog-same');
    expect(await tell({ source: `# only a remark\n${source}` })).toBe('catalog-same');
    expect(await tell({ source: source.replace(/^icon:.*$/m, 'icon: 7') })).toBe('catalog-source');
    expect(await tell({ source: changed, note: ' ' })).toBe('catalog-note');
    expect(await tell({ source: changed, base: newest.version + 1 })).toBe('catalog-stale');
    await expect(proposals.propose(publisher, { ...given, source: changed }, moment)).rejects.toThrow('not-allowed');
  });

  it('is nothing that another county decides or sees', async () => {
    const here = await open();
    const id = await propose(here, 'vaccination-record', '接种本');
    const stranger = { ...publisher, region: '360123' };
    await expect(here.proposals.publish(stranger, id, moment)).rejects.toThrow('proposal-not-found');
    expect(await here.proposals.list(stranger)).toEqual({ rows: [], more: false });
  });
});

describe('folders and pages', () => {
  const plainOf = (catalog: Open['catalog'], id: string) => catalog.item(id)?.plain.zh;

  it('a folder left as it was does not undo what was published on a page', async () => {
    const here = await open();
    await here.proposals.publish(publisher, await propose(here, 'birth-registration', '报户口'), moment);
    const again = await open();
    expect(again.catalog.item('birth-registration')).toMatchObject({ version: 2, plain: { zh: '报户口' } });
  });

  it('a folder that says something new does, and the proposal before it stays a version', async () => {
    await writeFile(
      folderFile('birth-registration'),
      (await readFile(folderFile('birth-registration'), 'utf8')).replace(
        /^plain: .*$/m,
        'plain: { zh: 上户口, en: x }',
      ),
    );
    const here = await open();
    expect(here.catalog.item('birth-registration')).toMatchObject({ version: 3, plain: { zh: '上户口' } });
    expect(here.catalog.item('birth-registration', 2)?.plain.zh).toBe('报户口');
  });

  it('a folder that goes back to what it said before does not', async () => {
    const here = await open();
    await here.proposals.publish(publisher, await propose(here, 'birth-registration', '落户'), moment);
    await cp('items/birth-registration', join(root, 'items/birth-registration'), { recursive: true, force: true });
    expect(plainOf((await open()).catalog, 'birth-registration')).toBe('落户');
  });

  it('a folder that has taken over what was published makes no version of its own', async () => {
    const here = await open();
    const { source } = await here.proposals.begin(editor, item('birth-registration'));
    await writeFile(folderFile('birth-registration'), source);
    expect((await open()).catalog.item('birth-registration')?.version).toBe(4);
  });
});

describe('the database itself', () => {
  const verdict = (by: string) =>
    db.query(
      `insert into catalog.verdict (proposal, proposed_by, verdict, decided_by, decided_name, decided_at)
       select id, proposed_by, 'published', ${by}, 'x', now() from catalog.proposal p
        where not exists (select 1 from catalog.verdict d where d.proposal = p.id) limit 1`,
    );

  it('takes no verdict of who proposed it, under whatever name', async () => {
    await propose(await open(), 'employment-registration', '就业');
    await expect(verdict('proposed_by')).rejects.toThrow(/verdict_by_somebody_else/);
    await expect(
      db.query(
        `insert into catalog.verdict (proposal, proposed_by, verdict, decided_by, decided_name, decided_at)
         select id, 'nobody', 'published', proposed_by, 'x', now() from catalog.proposal p
          where not exists (select 1 from catalog.verdict d where d.proposal = p.id) limit 1`,
      ),
    ).rejects.toThrow(/foreign key/);
  });

  it('takes no version from a page without somebody else’s verdict, and none that says anything else', async () => {
    const publish = (content: string) =>
      db.query(
        `insert into catalog.version (kind, id, version, content, hash, origin, proposal)
         select kind, subject, base + 1, content, ${content}, 'page', id from catalog.proposal
          where subject = 'employment-registration'`,
      );
    await expect(publish('hash')).rejects.toThrow(/foreign key/);
    await verdict("'360121-publisher'");
    await expect(publish("'another'")).rejects.toThrow(/foreign key/);
  });

  it('lets nobody change or take away what was proposed or decided', async () => {
    for (const table of ['proposal', 'verdict', 'version'])
      for (const act of [`delete from catalog.${table}`, `update catalog.${table} set proposal = null`])
        await expect(db.query(act)).rejects.toThrow(/permission denied|does not exist/);
  });
});
