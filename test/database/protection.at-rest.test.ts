import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { liantang, subject, answers as told, situation as usual } from '../support/newborn.ts';

/**
 * A newborn's papers from the first page to the last office; then every row of every table and every byte of the data
 * folder is searched for what nobody may find there.
 */
const situation = { ...usual, mother_insured: 'yes' };
const home = '江西省南昌市南昌县莲塘镇五一路九十九号梧桐苑七栋';
const classified = {
  child_name: '陈朝晖',
  child_birth_date: '2026-05-29',
  child_home_address: home,
  household_address: `${home}二单元`,
  father_id_card: '360121199503120013',
  father_phone: '13870001234',
  mother_id_card: '360121199708260028',
  mother_phone: '13870005678',
  discharge_date: '2026-05-31',
  bank_card: '6222600260001072444',
};
const answers = {
  ...told,
  ...classified,
  mother_employer: '南昌县小陈食品有限公司',
  delivery_method: 'natural',
  bank_account_holder: '刘雨桐',
  bank_name: '中国农业银行南昌县支行',
};
const results: Record<string, string> = {
  child_id_number: '360121202605290016',
  registered_name: '陈朝晖',
  birth_certificate_number: 'V369998887',
};
const atCounter = {
  id_card: '11010519491231002X',
  phone: '13979998888',
  address: '莲塘镇向阳路八十八号',
};
const paper = Buffer.from('%PDF-1.4\n% 分娩记录 360121199708260028 出血量正常\n%%EOF\n');

let product: Product;
let father: Client;
let number: string;

beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
  number = await submit();
  await decideAll();
  await product.house.identity.persons.register({
    ...{
      region: '360121',
      name: '某人',
      idCard: atCounter.id_card,
      phone: atCounter.phone,
      address: atCounter.address,
    },
  });
  await product.house.drain();
});

async function submit(): Promise<string> {
  const body = { subject, division: liantang, situation, answers };
  const draft = await father.call<{ id: string }>('POST', '/api/v1/drafts', body);
  for (const material of ['delivery_record', 'discharge_summary'])
    await father.call('PUT', `/api/v1/drafts/${draft.body.id}/files/${material}`, paper, {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="record.pdf"',
    });
  const made = await father.call<{ number?: string }>('POST', `/api/v1/drafts/${draft.body.id}/submission`, {
    consent: true,
  });
  if (!made.body.number) throw new Error(made.text);
  return made.body.number;
}

type Branch = { item: string; agency: string; status: string; results?: { id: string; value: string }[] };
const agencies: Record<string, string> = {
  '360121-health': 'approver-health',
  '360121-public-security': 'approver-police',
  '360121-human-resources': 'approver-human-resources',
  '360121-medical-insurance': 'approver-medical-insurance',
  '360121-tax': 'approver-tax',
};

async function decideAll(): Promise<void> {
  let step = 0;
  const act = async (who: Client, command: object): Promise<Branch[]> => {
    const path = `/api/v1/cases/${number}/commands`;
    const { body, text, status } = await who.call<{ branches: Branch[] }>('POST', path, {
      command,
      commandId: `at-rest-${step++}`,
    });
    if (status !== 200) throw new Error(text);
    return body.branches;
  };
  const isOpen = ({ status }: Branch) => status === 'open';
  let branches = await act(await product.as('clerk-liantang'), { type: 'accept' });
  for (let open = branches.find(isOpen); open; open = branches.find(isOpen)) {
    const { item, agency } = open;
    const who = await product.as(agencies[agency] ?? '');
    await act(who, { type: 'claim', item });
    const specs = product.house.catalog.item(item)?.results ?? [];
    const given = Object.fromEntries(specs.map(({ id, example = '已登记' }) => [id, results[id] ?? example]));
    branches = await act(who, { type: 'decide', item, outcome: 'granted', reason: '材料齐全', results: given });
  }
}

const secrets = Object.entries({ ...classified, ...results, ...atCounter });

test('the applicant reads everything as it was given', async () => {
  const { body } = await father.call<{ answers: object; branches: Branch[] }>('GET', `/api/v1/cases/${number}`);
  expect(body.answers).toMatchObject(classified);
  const values = body.branches.flatMap((branch) => branch.results ?? []).map(({ id, value }) => [id, value]);
  expect(Object.fromEntries(values)).toMatchObject(results);
});

test('no table holds any of it in clear', async () => {
  const dump = await product.house.db.transaction(async (tx) => {
    await tx.query('set local role none');
    const tables = await tx.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const rows = new Map<string, string>();
    for (const { name } of tables.filter((table) => table.name !== 'identity.division'))
      rows.set(
        name,
        (await tx.query<{ row: string }>(`select t::text as row from ${name} t`)).map(({ row }) => row).join('\n'),
      );
    return rows;
  });
  expect(dump.get('cases.event')).toContain(number);
  expect(dump.get('cases.sealed')).toContain(number);
  const found = [...dump].flatMap(([table, rows]) =>
    secrets.filter(([, value]) => rows.includes(value)).map(([what]) => `${what} in ${table}`),
  );
  expect(found).toEqual([]);
});

test('nor does any file of the data folder', async () => {
  const folder = product.house.config.data;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.some(({ parentPath }) => parentPath.includes('files'))).toBe(true);
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name));
    for (const [what, value] of [...secrets, ['paper', '分娩记录'], ['paper', '%PDF']] as const)
      expect(bytes.includes(value), `${what} in ${name}`).toBe(false);
  }
});
