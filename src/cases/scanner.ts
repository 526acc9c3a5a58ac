import { createConnection } from 'node:net';
import { Problem } from '../platform/door.ts';

/** A virus scanner: throws a `Problem` for a file it finds something in, and when it cannot be asked. */
export type Scanner = (bytes: Buffer) => Promise<void>;

const pieceBytes = 64 * 1024;
const mostSeconds = 30;
/** An answer is one short line. */
const mostAnswer = 1024;

/**
 * ClamAV through its socket (`clamd`, command INSTREAM): `host:port` or the path of a Unix socket. Never lets a file
 * through that was not scanned: no answer, another answer than "OK", a limit of the scanner, all refuse it.
 */
export function openScanner(where: string): Scanner {
  const target = targetOf(where);
  return async (bytes) => {
    const answer = await ask(target, bytes).catch(() => '');
    if (/^stream: OK$/.test(answer)) return;
    if (/ FOUND$/.test(answer)) throw new Problem('file-infected');
    throw new Problem('file-not-scanned');
  };
}

type Target = { path: string } | { host: string; port: number };

/** Reads the setting; one that cannot be right is an error that names it. */
export function targetOf(where: string): Target {
  if (where.startsWith('/')) return { path: where };
  const [, host, port] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(where) ?? [];
  if (!host || !port) throw new Error(`TONGBAN_CLAMAV must be host:port or the path of a socket, not "${where}"`);
  return { host, port: Number(port) };
}

function ask(target: Target, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ ...target });
    let answer = '';
    socket.setTimeout(mostSeconds * 1000, () => socket.destroy(new Error('no answer in time')));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
      if (answer.length > mostAnswer) socket.destroy(new Error('not an answer of clamd'));
    });
    socket.on('close', () => resolve(answer.split('\0')[0] ?? ''));
    // The null-terminated form of commands and answers, so that no name of a signature can end a line early.
    socket.write('zINSTREAM\0');
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      const piece = bytes.subarray(from, from + pieceBytes);
      socket.write(Buffer.concat([lengthOf(piece.length), piece]));
    }
    socket.end(lengthOf(0));
  });
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}
