import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { type Actor, assertCan } from '../identity/door.ts';
import { type Db, type IdSource, Problem, regionOf } from '../platform/door.ts';

/** Uploaded materials. Bytes lie in a folder under their own hash; the table says whose they are and what they are for. */
export type StoredFile = {
  id: string;
  draft: string;
  material: string;
  owner: string;
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string;
};

/** What a material may be, by content, with the name endings that go with it. */
const allowed: Record<string, string[]> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'application/pdf': ['pdf'],
};
/** Largest file taken, in bytes. */
export const largestFile = 10 * 1024 * 1024;

export type Files = ReturnType<typeof openFiles>;

/** Opens the file store in a folder. */
export function openFiles(db: Db, ids: IdSource, folder: string) {
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  return {
    /**
     * Takes one file for a material of a draft: at most `largestFile` bytes, of a type whose content agrees with its
     * name. Durable when it returns. Throws a `Problem` and keeps nothing otherwise.
     */
    async put(
      actor: Actor,
      target: { draft: string; owner: string; material: string },
      name: string,
      content: Readable,
      at: string,
    ): Promise<StoredFile> {
      const region = regionOf(target.draft);
      assertCan(actor, 'draft.write', { kind: 'draft', region, owner: target.owner });
      const id = ids.id(region);
      const bytes = await collect(content);
      const mediaType = await typeOf(bytes, name);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await writeOnce(pathOf(sha256), bytes, id);
      const file: StoredFile = { id, ...target, name: shortName(name), mediaType, bytes: bytes.length, sha256 };
      await db.query(
        `insert into cases.file (region, id, draft, material, owner, name, media_type, bytes, sha256, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [region, id, file.draft, file.material, file.owner, file.name, mediaType, file.bytes, sha256, at],
      );
      return file;
    },
    /** Files of a draft that have not been removed. The caller has asked the policy for the draft or its case. */
    ofDraft: (draft: string) =>
      db.query<StoredFile>(
        `select ${columns} from cases.file where region = $1 and draft = $2 and removed_at is null order by at`,
        [regionOf(draft), draft],
      ),
    async get(id: string): Promise<StoredFile | undefined> {
      const [row] = await db.query<StoredFile>(`select ${columns} from cases.file where region = $1 and id = $2`, [
        regionOf(id),
        id,
      ]);
      return row;
    },
    /** Takes a file off its draft; the bytes stay until nothing refers to them. */
    async remove(actor: Actor, file: StoredFile, at: string): Promise<void> {
      assertCan(actor, 'draft.write', { kind: 'draft', region: regionOf(file.id), owner: file.owner });
      await db.query('update cases.file set removed_at = $3 where region = $1 and id = $2', [
        regionOf(file.id),
        file.id,
        at,
      ]);
    },
    /** The bytes. The caller has asked the policy. */
    read: (file: StoredFile): Readable => createReadStream(pathOf(file.sha256)),
  };
}

const columns = `id, draft, material, owner, name, media_type as "mediaType", bytes, sha256`;

async function collect(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on to the end without keeping it: a browser shows our answer only after it has sent everything.
    if (size <= largestFile) chunks.push(chunk);
  }
  if (size > largestFile) throw new Problem('file-too-large', { most: largestFile / 1024 / 1024 });
  if (size === 0) throw new Problem('file-missing');
  return Buffer.concat(chunks);
}

async function typeOf(bytes: Buffer, name: string): Promise<string> {
  const found = await fileTypeFromBuffer(bytes);
  const endings = found && allowed[found.mime];
  if (!found || !endings) throw new Problem('file-type-not-allowed');
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!endings.includes(ending))
    throw new Problem('file-type-mismatch', { ending: ending.slice(0, 8), found: endings[0] ?? '' });
  return found.mime;
}

/** Writes beside and renames, so that a file under its hash is always whole. */
async function writeOnce(path: string, bytes: Buffer, suffix: string): Promise<void> {
  if (await stat(path).catch(() => undefined)) return;
  await mkdir(join(path, '..'), { recursive: true });
  const beside = `${path}.${suffix}`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    await handle.writeFile(bytes);
    await handle.sync();
    await handle.close();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw new Problem('unavailable', { reason: (error as NodeJS.ErrnoException).code ?? 'write' });
  }
}

function shortName(name: string): string {
  return name.replace(/\p{Cc}/gu, '').slice(-100);
}
