import { Readable } from 'node:stream';
import type { Subject } from '../catalog/door.ts';
import { type Actor, assertCan, sightFor } from '../identity/door.ts';
import { type Db, type IdSource, Problem, type Resealing, regionOf, type Vault } from '../platform/door.ts';
import { takePaper } from './papers.ts';
import type { Scanner } from './scanner.ts';
import { openSealedFiles, type SealedFiles } from './sealed-files.ts';
import * as store from './store-files.ts';

/** Uploaded materials. Bytes lie sealed in a folder, by their address; the table says whose they are and what they are for. */
export type StoredFile = {
  id: string;
  draft: string;
  material: string;
  owner: string;
  name: string;
  mediaType: string;
  bytes: number;
  /** A keyed hash of the bytes: equal files of a county lie once. */
  address: string;
};

/** Largest file taken, in bytes. */
export const largestFile = 10 * 1024 * 1024;

export type Files = ReturnType<typeof openStore>;
type Needs = { db: Db; ids: IdSource; vault: Vault; scan?: Scanner };

/** Opens the file store in a folder, and what seals it anew. */
export function openFiles({ folder, ...needs }: Needs & { folder: string }) {
  const content = openSealedFiles(needs.vault, folder);
  return { content, store: openStore(needs, content), resealing: resealingOf(needs, content) };
}

function openStore({ db, ids, vault, scan }: Needs, sealed: SealedFiles) {
  return {
    /**
     * Takes one file for a material of a draft: at most `largestFile` bytes, of a type whose content agrees with its
     * name; a photo is made anew, so its bytes are others than were sent. Durable when it returns. Throws a `Problem` and keeps nothing otherwise.
     */
    async put(
      actor: Actor,
      target: { draft: string; owner: string; subject?: Subject; material: string },
      name: string,
      content: Readable,
      at: string,
    ): Promise<StoredFile> {
      const region = regionOf(target.draft);
      const { subject, ...kept } = target;
      assertCan(actor, 'draft.write', { kind: 'draft', region, owner: target.owner, subject });
      const id = ids.id(region);
      const { bytes, mediaType } = await takePaper(await collect(content), name, scan);
      const address = vault.blindIndex(bytes, 'file', region).toString('hex');
      // Noted before the bytes are sealed: when the key changes in between, the row is found and sealed once too often.
      const keyId = vault.keyId();
      await sealed.write(region, address, bytes, id);
      const file: StoredFile = { id, ...kept, name: shortName(name), mediaType, bytes: bytes.length, address };
      await store.insertFile(db, region, file, { at, keyId });
      // The same bytes of somebody else may have been taken away since they were written.
      if (!(await sealed.has(region, address))) await sealed.write(region, address, bytes, id);
      return file;
    },
    /** Files of a draft or of the number of a case that have not been removed, as far as the actor sees them. */
    ofDraft: (actor: Actor, draft: string) => store.filesOf(db.seenBy(sightFor(actor)), regionOf(draft), draft),
    get: (actor: Actor, id: string): Promise<StoredFile | undefined> =>
      store.fileById(db.seenBy(sightFor(actor)), regionOf(id), id),
    /** Takes a file off its draft, which is for `subject`; the bytes stay until nothing refers to them. */
    async remove(actor: Actor, file: StoredFile, at: string, subject?: Subject): Promise<void> {
      assertCan(actor, 'draft.write', { kind: 'draft', region: regionOf(file.id), owner: file.owner, subject });
      await store.removeFile(db, regionOf(file.id), file.id, at);
    },
    /** The bytes. The caller has asked the policy. */
    read: (file: StoredFile): Readable =>
      Readable.from(sealed.read(regionOf(file.id), file.address), { objectMode: false }),
  };
}

/** Files are sealed anew one after the other; the rows of a file follow when its bytes lie there. */
function resealingOf({ db, ids, vault }: Needs, sealed: SealedFiles): Resealing {
  return {
    name: 'cases.file',
    async pass() {
      const keyId = vault.keyId();
      const rows = await store.sealedOtherwise(db, keyId);
      for (const { region, address } of rows) {
        const bytes = await collect(Readable.from(sealed.read(region, address)));
        await sealed.write(region, address, bytes, ids.id(region));
        await store.noteSealed(db, { region, address }, keyId);
      }
      return rows.length;
    },
  };
}

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

/** Without signs nobody sees: one of them lets a name be read backwards, as if it ended in something else. */
function shortName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(-100);
}
