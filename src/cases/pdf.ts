import { createInflate } from 'node:zlib';
import { Problem } from '../platform/door.ts';

/**
 * What is looked for in a PDF before it is kept. It is not made anew (that would break seals and signatures in it), so
 * one that is locked, that carries programs or starts some, or that unpacks to an absurd size is refused. This is a
 * coarse sieve before the virus scanner and the reader's own protection, not a proof that a file is harmless.
 */

/** All that is packed in it, unpacked. A scan of thirty pages without loss is about so large. */
export const mostUnpacked = 512 * 1024 * 1024;
/** Objects are packed together in streams; of one so much is read. */
const mostObjects = 16 * 1024 * 1024;
const mostStreams = 20_000;
/** How far before the word `stream` its dictionary is looked for. */
const dictionaryBytes = 4096;

/** Names of ISO 32000 that make a document do something: run a script, start a program, send what is filled in. */
const active = /\/(?:JavaScript|Launch|Rendition|RichMedia|SubmitForm|ImportData)(?![A-Za-z])/;
const locked = /\/Encrypt(?![A-Za-z])/;
const packedObjects = /\/ObjStm(?![A-Za-z])/;

/** Throws a `Problem` unless the PDF may be kept. */
export async function checkPdf(bytes: Buffer): Promise<void> {
  const text = named(bytes.toString('latin1'));
  if (!text.includes('%%EOF')) throw new Problem('file-damaged');
  refuseNames(text);
  let left = mostUnpacked;
  let streams = 0;
  for (const { packed, dictionary } of streamsOf(bytes)) {
    if (++streams > mostStreams) throw new Problem('file-bomb');
    const { head, size } = await unpacked(packed, left);
    left -= size;
    if (left <= 0) throw new Problem('file-bomb');
    // An object stream begins with pairs of numbers, whatever its dictionary says or hides.
    if (packedObjects.test(dictionary) || /^\s*\d+\s+\d+\s/.test(head.slice(0, 64))) refuseNames(named(head));
    if (packedObjects.test(dictionary) && size === 0) throw new Problem('file-damaged');
  }
}

function refuseNames(text: string): void {
  if (locked.test(text)) throw new Problem('file-locked');
  if (active.test(text)) throw new Problem('file-active');
}

/** Names may be written with `#` and two hex digits for any character: `/J#61vaScript`. */
function named(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function* streamsOf(bytes: Buffer): Generator<{ packed: Buffer; dictionary: string }> {
  const word = Buffer.from('stream');
  for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + word.length)) {
    const ending = bytes.subarray(at - 3, at).equals(Buffer.from('end'));
    if (ending) continue;
    let from = at + word.length;
    if (bytes[from] === 0x0d) from++;
    if (bytes[from] === 0x0a) from++;
    const dictionary = bytes.subarray(Math.max(0, at - dictionaryBytes), at).toString('latin1');
    yield { packed: bytes.subarray(from), dictionary: named(dictionary.slice(dictionary.lastIndexOf(' obj') + 1)) };
  }
}

/** The size of what is packed (deflate) at the beginning of the bytes, and its first part; 0 when nothing is. */
async function unpacked(packed: Buffer, most: number): Promise<{ head: string; size: number }> {
  // A zlib stream says so in its first byte; what else is a stream (a photo, say) is not unpacked here.
  if (packed.length < 2 || ((packed[0] ?? 0) & 0x0f) !== 8 || packed.readUInt16BE(0) % 31 !== 0)
    return { head: '', size: 0 };
  const inflate = createInflate({ chunkSize: 256 * 1024 });
  const head: Buffer[] = [];
  let size = 0;
  inflate.end(packed);
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      if (size < mostObjects) head.push(chunk);
      size += chunk.length;
      if (size > most) break;
    }
  } catch {
    // Cut off or not deflate at all: what came out so far is looked at.
  }
  inflate.destroy();
  return { head: Buffer.concat(head).toString('latin1'), size };
}
