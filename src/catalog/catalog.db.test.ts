import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { loadElements } from '../elements/door.ts';
import { type Db, loadTexts, openLog } from '../platform/door.ts';
import { openCatalog } from './catalog.ts';
import { runImport } from './import-run.ts';

let db: Db;
let root: string;
const open = async () => {
  const { elements } = await loadElements('elements');
  return openCatalog({
    db,
    elements,
    folders: [{ items: join(root, 'items'), bundles: join(root, 'bundles') }],
    log: openLog('silent'),
  });
};
const edit = async (id: string, change: (text: string) => string) => {
  const file = join(root, 'items', id, 'item.yaml');
  await writeFile(file, change(await readFile(file, 'utf8')));
};

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  root = await mkdtemp(join(tmpdir(), 'catalog-'));
  await cp('items', join(root, 'items'), { recursive: true });
  await cp('bundles', join(root, 'bundles'), { recursive: true });
});

describe('the catalogue over a database', () => {
  it('gives every item its first version, and no other when it is opened again', async () => {
    const [first, second] = [await open(), await open()];
    expect(first.items().length).toBeGreaterThan(5);
    expect([...first.items(), ...second.items()].every(({ version }) => version === 1)).toBe(true);
    expect(second.bundle('newborn')?.version).toBe(1);
  });

  it('gives a changed item the next version, keeps the old one, and tells the other processes', async () => {
    const [here, elsewhere] = [await open(), await open()];
    await edit('birth-registration', (text) => text.replace('给孩子上户口', '给宝宝上户口'));
    await here.reload();
    expect(here.item('birth-registration')).toMatchObject({ version: 2, plain: { zh: '给宝宝上户口' } });
    expect(here.item('birth-registration', 1)?.plain.zh).toBe('给孩子上户口');
    await expect.poll(() => elsewhere.item('birth-registration')?.version).toBe(2);
  });

  it('does not mind lines that only moved', async () => {
    const here = await open();
    const before = here.item('birth-certificate')?.version;
    await edit('birth-certificate', (text) => `${text.split('\n').slice(1).join('\n')}\n${text.split('\n')[0]}\n`);
    await here.reload();
    expect(here.item('birth-certificate')?.version).toBe(before);
  });

  it('serves the last good version of what was broken, says where, and its bundle goes on', async () => {
    const here = await open();
    const before = here.item('vaccination-record');
    await edit('vaccination-record', (text) => text.replace(/^icon:.*$/m, 'icon: 7'));
    await here.reload();
    expect(here.item('vaccination-record')).toEqual(before);
    expect(here.bundle('newborn')).toBeDefined();
    expect(here.problems().map(({ message }) => message)).toContain('icon must be string');
  });

  it('takes in a new folder, and lets go of one that is gone but for its pinned version', async () => {
    const here = await open();
    await cp(join(root, 'items/birth-certificate'), join(root, 'items/brand-new'), { recursive: true });
    await edit('brand-new', (text) => text.replace('id: birth-certificate', 'id: brand-new'));
    await here.reload();
    expect(here.item('brand-new')?.version).toBe(1);
    await rm(join(root, 'items/brand-new'), { recursive: true });
    await here.reload();
    expect(here.item('brand-new')).toBeUndefined();
    expect(here.item('brand-new', 1)).toBeDefined();
  });

  it('lets nobody change what was published', async () => {
    await expect(db.query("update catalog.version set hash = ''")).rejects.toThrow(/permission denied/);
    await expect(db.query('delete from catalog.version')).rejects.toThrow(/permission denied/);
  });
});

describe('an imported list', () => {
  it('is kept by region, the same when it is read again, and told row by row', async () => {
    const file = join(root, 'items.csv');
    const row = (serial: string, name: string) =>
      `区教科体局,${name},511602000000,511A${serial}-511602000000-000-115113010833722043-1-00,1,11736`;
    await writeFile(
      file,
      ['department,name,areaCode,itemCode,taskType,deptCode', row('1', '甲'), row('2', '乙'), row('2', '丙')].join(
        '\n',
      ),
    );
    const lines: string[] = [];
    const run = () => runImport({ db, file, print: (line) => lines.push(line), say: loadTexts('texts').say('zh') });
    await run();
    const { summary } = await run();
    expect(summary).toMatchObject({ kept: 2, keptWithDoubt: 2, rejected: 1 });
    const kept = await db.query(
      'select name, doubts, source_row from catalog.imported_item where region = $1 order by item_code',
      ['511602'],
    );
    expect(kept).toEqual([
      { name: '甲', doubts: ['dept-code-unknown'], source_row: 2 },
      { name: '乙', doubts: ['dept-code-unknown'], source_row: 3 },
    ]);
    expect(lines).toContain('共 3 行：导入 2 行（其中 2 行有疑问），未导入 1 行。');
  });

  it('reads what Chinese spreadsheets write, and answers in JSON', async () => {
    const file = join(root, 'gb.csv');
    const head = Buffer.from('department,name,areaCode,itemCode,taskType,deptCode\n');
    const tail = Buffer.from(',511602000000,511A3-511602000000-000-115113010833722043-1-00,1,115113010833722043\n');
    await writeFile(file, Buffer.concat([head, Buffer.from([0xc7, 0xf8, 0x2c, 0xbb, 0xa7]), tail]));
    let printed = '';
    const print = (line: string) => {
      printed += line;
    };
    const { items } = await runImport({ db, file, print, say: loadTexts('texts').say('en'), json: true });
    expect(items[0]).toMatchObject({ department: '区', name: '户' });
    expect(JSON.parse(printed)).toMatchObject({ rows: 1, kept: 1, rejected: 0, doubts: [] });
  });
});
