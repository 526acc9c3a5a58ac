import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openProduct } from '../support/api.ts';
import { ownItems } from '../support/own-items.ts';
import { say } from '../support/story.ts';

/** An item in use that asks for sensitive data, and which no impact assessment names. */
let folder: string;
let file: string;
let text: string;

beforeAll(async () => {
  folder = await ownItems();
  await symlink(join(import.meta.dirname, '../../src'), join(folder, 'src'));
  file = join(folder, 'assessments/single-items.yaml');
  text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(' senior-card,', ''));
});

const open = (prepare?: (data: string) => Promise<void>) =>
  openProduct(undefined, undefined, undefined, undefined, folder, prepare);
const missing = say('rights.assessment.missing', { count: 1 });

test('is named to the administrators, and to whoever reads a change of it', async () => {
  const product = await open();
  const security = await product.as('security-admin');
  const page = (await security.call('GET', '/admin/assessments')).text;
  expect(page).toContain(missing);
  const { proposals, catalog, clock } = product.house;
  const editor = await product.staff('catalog-editor');
  const subject = { kind: 'item', id: 'senior-card' } as const;
  const { source, newest } = await proposals.begin(editor, subject);
  const wish = {
    ...subject,
    source: source.replace(/^plain: .*$/m, 'plain: { zh: 老人卡, en: Card }'),
    base: newest.version,
  };
  const id = await proposals.propose(editor, { ...wish, note: '换个名字' }, { at: clock(), from: '' });
  const publisher = await product.as('catalog-publisher');
  const read = async () => (await publisher.call('GET', `/admin/catalog/proposals/${id}`)).text;
  expect(await read()).toContain(say('admin.catalog.unassessed'));
  expect(catalog.item('senior-card')?.version).toBe(newest.version);
});

test('is named no more once the operator keeps an assessment of their own', async () => {
  const product = await open(async (data) => {
    await mkdir(join(data, 'assessments'));
    await writeFile(join(data, 'assessments/own.yaml'), text.replace('verified: false', 'verified: true'));
  });
  const page = (await (await product.as('audit-admin')).call('GET', '/admin/assessments')).text;
  expect(page).not.toContain(missing);
  const [own] = product.house.rights.assessments.filter(({ verified }) => verified);
  expect(own?.id).toBe('single-items');
});
