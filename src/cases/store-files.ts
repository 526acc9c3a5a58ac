import type { Db, Seen } from '../platform/door.ts';
import type { StoredFile } from './files.ts';

/** The SQL of uploaded files: what they are called and whose they are. */
const columns = `id, draft, material, owner, name, media_type as "mediaType", bytes, address`;

export async function insertFile(
  db: Db,
  region: string,
  file: StoredFile,
  { at, keyId }: { at: string; keyId: number },
): Promise<void> {
  const { id, draft, material, owner, name, mediaType, bytes, address } = file;
  await db.query(
    `insert into cases.file (region, id, draft, material, owner, name, media_type, bytes, address, at, key_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [region, id, draft, material, owner, name, mediaType, bytes, address, at, keyId],
  );
}

/** Files of a draft or of the number of a case that have not been removed. */
export function filesOf(db: Seen, region: string, draft: string): Promise<StoredFile[]> {
  return db.prepared(
    'cases.file.of-draft',
    `select ${columns} from cases.file where region = $1 and draft = $2 and removed_at is null order by at`,
    [region, draft],
  );
}

export async function fileById(db: Seen, region: string, id: string): Promise<StoredFile | undefined> {
  const [row] = await db.prepared<StoredFile>(
    'cases.file.get',
    `select ${columns} from cases.file where region = $1 and id = $2`,
    [region, id],
  );
  return row;
}

/** Takes a file off its draft; the row stays until its time is over. */
export async function removeFile(db: Db, region: string, id: string, at: string): Promise<void> {
  await db.query('update cases.file set removed_at = $3 where region = $1 and id = $2', [region, id, at]);
}

/** Where bytes lie that are sealed under another key. */
export function sealedOtherwise(db: Db, keyId: number): Promise<{ region: string; address: string }[]> {
  return db.query('select distinct region, address from cases.file where key_id not in (0, $1)', [keyId]);
}

export async function noteSealed(
  db: Db,
  { region, address }: { region: string; address: string },
  keyId: number,
): Promise<void> {
  await db.query('update cases.file set key_id = $3 where region = $1 and address = $2', [region, address, keyId]);
}
