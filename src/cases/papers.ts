import { fileTypeFromBuffer } from 'file-type';
import { Problem } from '../platform/door.ts';
import { isImageType, remake } from './images.ts';
import { checkPdf } from './pdf.ts';
import type { Scanner } from './scanner.ts';

/** What a material may be, by content, with the name endings that go with it. */
const allowed: Record<string, string[]> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
};
/** Moving pictures are known apart, because "this kind of file" would be hard to understand for a PNG. */
const moving = ['image/apng', 'image/gif'];

/**
 * What is kept of an uploaded file: its type by content, scanned when there is a scanner, photos made anew, PDFs looked
 * through. Throws a `Problem` for what is not kept. An archive is never unpacked: it is no type that is taken.
 */
export async function takePaper(
  bytes: Buffer,
  name: string,
  scan: Scanner | undefined,
): Promise<{ bytes: Buffer; mediaType: string }> {
  const mediaType = await typeOf(bytes, name);
  await scan?.(bytes);
  if (isImageType(mediaType)) return { bytes: await remake(bytes, mediaType), mediaType };
  await checkPdf(bytes);
  return { bytes, mediaType };
}

async function typeOf(bytes: Buffer, name: string): Promise<string> {
  // The first part says what it is; an archive is not searched for more.
  const found = await fileTypeFromBuffer(bytes.subarray(0, 4100)).catch(() => undefined);
  if (found && moving.includes(found.mime)) throw new Problem('file-moving');
  const endings = found && allowed[found.mime];
  if (!found || !endings) throw new Problem('file-type-not-allowed');
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!endings.includes(ending))
    throw new Problem('file-type-mismatch', { ending: ending.slice(0, 8), found: endings[0] ?? '' });
  return found.mime;
}
