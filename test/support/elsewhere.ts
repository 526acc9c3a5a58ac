import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { atEnd } from './endings.ts';

const root = resolve(import.meta.dirname, '../..');
const rolesThere = [
  ...(['supervisor', 'lead', 'approver', 'issuer', 'catalog-editor', 'catalog-publisher'] as const),
  ...(['system-admin', 'security-admin', 'audit-admin'] as const),
];

/** Personas of the neighbouring county beside its clerk, one of every role; only in `rootWithElsewhere`. */
export const elsewhere: readonly string[] = rolesThere.map((role) => `anyi-${role}`);

type County = {
  otherCounties: { staff: object[] }[];
  personas: object[];
};

/** The project's folder with somebody of every role in the neighbouring county of the demo. */
export async function rootWithElsewhere(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-elsewhere-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  for (const part of await readdir(root)) if (part !== 'demo') await symlink(join(root, part), join(folder, part));
  await cp(join(root, 'demo'), join(folder, 'demo'), { recursive: true });
  const file = join(folder, 'demo', 'county.yaml');
  const county = parse(await readFile(file, 'utf8')) as County;
  for (const role of rolesThere) {
    const id = `anyi-${role}`;
    const name = { zh: role, en: role };
    const place = { agency: '360123-health', division: '360123000000' };
    county.otherCounties[0]?.staff.push({ id, name: '凌云', ...place, roles: [role] });
    county.personas.push({ id, staff: id, group: 'staff', role: name, note: name });
  }
  await writeFile(file, stringify(county));
  return folder;
}
