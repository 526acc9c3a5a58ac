import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { openCases, openScanner } from '../../src/cases/door.ts';
import { openRoom } from '../support/cases-room.ts';

/** Uploaded files and ClamAV: its protocol byte by byte, then the real one with a signature of our own. */
const at = '2026-09-25T02:00:00.000Z';
const father = { kind: 'person' as const, id: '360121-father', region: '360121', name: '陈志远' };
const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

describe('as clamd is spoken to', () => {
  test('the file arrives whole, in pieces with their length, ended by an empty one', async () => {
    const bytes = Buffer.alloc(150_000, 'paper ');
    const [where, heard] = await answering('stream: OK\0');
    await openScanner(where)(bytes);
    const [said] = await heard;
    expect(said?.subarray(0, 10).toString()).toBe('zINSTREAM\0');
    const pieces: Buffer[] = [];
    let rest = said?.subarray(10) ?? Buffer.alloc(0);
    for (let size = rest.readUInt32BE(); size > 0; size = rest.readUInt32BE()) {
      pieces.push(rest.subarray(4, 4 + size));
      rest = rest.subarray(4 + size);
    }
    expect(rest.length).toBe(4);
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  });

  test.each([
    ['stream: Win.Test.EICAR_HDB-1 FOUND\0', 'file-infected'],
    ['INSTREAM size limit exceeded. ERROR\0', 'file-not-scanned'],
    ['', 'file-not-scanned'],
    ['stream: OK, nearly\0', 'file-not-scanned'],
    [`stream: OK${'!'.repeat(9000)}`, 'file-not-scanned'],
  ])('an answer of %j is %s', async (answer, code) => {
    const [where] = await answering(answer);
    await expect(openScanner(where)(Buffer.from('paper'))).rejects.toMatchObject({ code });
  });

  test('nobody listens: the upload is refused and nothing is kept', async () => {
    const [where, , server] = await answering('');
    await new Promise((done) => server.close(done));
    const { store, files } = await roomWith(where);
    await expect(store(Buffer.from('%PDF-1.4\n%%EOF\n'))).rejects.toMatchObject({ code: 'file-not-scanned' });
    expect(await files()).toEqual([]);
  });

  test('a setting that cannot be right is said at the start', () => {
    expect(() => openScanner('clamav')).toThrow('TONGBAN_CLAMAV');
  });
});

const clamd = spawnSync('clamd', ['--version']).status === 0;
if (!clamd)
  process.stderr.write('clamd is not on this machine (Debian: clamav-daemon): the real scanner is not tried\n');

test.skipIf(!clamd)('the real one finds what it has a signature for and lets the rest through', async () => {
  const where = await realScanner('tongban test signature 6f1c');
  const { store, files } = await roomWith(where);
  const infected = Buffer.from('%PDF-1.4\n% tongban test signature 6f1c\n%%EOF\n');
  await expect(store(infected)).rejects.toMatchObject({ code: 'file-infected' });
  expect(await files()).toEqual([]);
  await store(Buffer.from('%PDF-1.4\n% an honest paper\n%%EOF\n'));
  expect((await files()).length).toBe(1);
});

async function roomWith(where: string) {
  const { needs } = await openRoom(at);
  const cases = openCases({ ...needs, scan: openScanner(where) });
  const target = { draft: needs.ids.id(father.region), owner: father.id, material: 'x' };
  return {
    store: (bytes: Buffer) => cases.files.put(father, target, 'a.pdf', Readable.from([bytes]), at),
    files: () => cases.files.ofDraft(father, target.draft),
  };
}

/** Hears one file out and answers. */
async function answering(answer: string): Promise<[where: string, heard: Promise<Buffer[]>, server: Server]> {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(() => server.close());
  const heard = once(server, 'connection').then(async ([socket]: Socket[]) => {
    const chunks: Buffer[] = [];
    for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
    socket?.end(answer);
    return [Buffer.concat(chunks)];
  });
  return [`127.0.0.1:${(server.address() as { port: number }).port}`, heard, server];
}

/** ClamAV on a socket of its own, with one signature: the bytes of a text, anywhere in a file of any kind. */
async function realScanner(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-clamd-'));
  await chmod(folder, 0o755);
  const socket = join(folder, 'clamd.sock');
  await writeFile(join(folder, 'own.ndb'), `Tongban.Test:0:*:${Buffer.from(text).toString('hex')}\n`);
  await writeFile(
    join(folder, 'clamd.conf'),
    `DatabaseDirectory ${folder}\nLocalSocket ${socket}\nForeground yes\nLogVerbose no\nTemporaryDirectory ${folder}\n`,
  );
  const scanner = spawn('clamd', ['--config-file', join(folder, 'clamd.conf')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endings.push(async () => {
    const gone = scanner.exitCode === null ? once(scanner, 'exit') : undefined;
    scanner.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: scanner.stdout })) {
    said.push(line);
    if (line.includes('Self checking')) return socket;
  }
  throw new Error(said.join('\n'));
}
