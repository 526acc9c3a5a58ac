import sharp, { type Sharp } from 'sharp';
import { Problem } from '../platform/door.ts';

/**
 * Photos are made anew: only their pixels are kept. What a camera writes beside them (place, time, device) and whatever
 * else may hide in a file is gone, and a photo that lies on its side is turned upright.
 */

/** 64 million pixels: what the best cameras of telephones take, and about 200 MB while it is worked on. */
export const mostPixels = 64_000_000;
/** How many are worked on at the same moment; the others wait. Each needs memory by its pixels, not by its bytes. */
const atOnce = 2;
const mostSeconds = 20;

// A file is only ever read as what it was recognised as; readers of other formats (SVG, PDF, TIFF …) are shut.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);

const written = {
  'image/jpeg': (image: Sharp) => image.jpeg({ quality: 88 }),
  'image/png': (image: Sharp) => image.png(),
  'image/webp': (image: Sharp) => image.webp({ quality: 88 }),
} satisfies Record<string, (image: Sharp) => Sharp>;
export type ImageType = keyof typeof written;

export const isImageType = (mediaType: string): mediaType is ImageType => mediaType in written;

let working = 0;
const waiting: (() => void)[] = [];

/** The same picture in the same format. Throws a `Problem` for one that is too large, that moves, or that is broken. */
export async function remake(bytes: Buffer, mediaType: ImageType): Promise<Buffer> {
  if (working >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else working++;
  try {
    return await remadeNow(bytes, mediaType);
  } finally {
    // Whoever waits takes over this place, so that `working` stays as it is.
    const next = waiting.shift();
    if (next) next();
    else working--;
  }
}

async function remadeNow(bytes: Buffer, mediaType: ImageType): Promise<Buffer> {
  const image = () => sharp(bytes, { limitInputPixels: false, failOn: 'error' });
  // Reads the head only: a bomb is known by what it says of itself before a pixel of it is unpacked.
  const { width, height, pages = 1 } = await unbroken(image().metadata());
  if (pages > 1) throw new Problem('file-moving');
  if (width * height > mostPixels) throw new Problem('file-too-many-pixels', { most: mostPixels / 1_000_000 });
  const upright = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
    .timeout({ seconds: mostSeconds })
    .autoOrient();
  return unbroken(written[mediaType](upright).toBuffer());
}

async function unbroken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new Problem('file-damaged');
  }
}
