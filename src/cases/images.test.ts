import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type ImageType, mostPixels, remake } from './images.ts';

/** Pictures as they come: made by the same library, with what cameras write into them. */
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } }, limitInputPixels: false });
const place = {
  IFD3: { GPSLatitude: '28/1 33/1 0/1', GPSLatitudeRef: 'N' },
  IFD0: { Make: 'Huawei', Artist: '陈志远' },
};

describe('a photo is made anew', () => {
  test('where and with what it was taken is gone, and it stands upright', async () => {
    const sideways = await plain(40, 20)
      .jpeg()
      .withExif({ ...place, IFD0: { ...place.IFD0, Orientation: '6' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(sideways).metadata()).exif).toBeDefined();
    const kept = await remake(sideways, 'image/jpeg');
    const { exif, xmp, iptc, orientation, width, height } = await sharp(kept).metadata();
    expect({ exif, xmp, iptc, orientation }).toEqual({});
    expect([width, height]).toEqual([20, 40]);
    expect(kept.includes('Huawei')).toBe(false);
  });

  test.each<[ImageType, Buffer | Promise<Buffer>]>([
    ['image/jpeg', plain(30, 30).jpeg().toBuffer()],
    ['image/png', plain(30, 30).png().toBuffer()],
    ['image/webp', plain(30, 30).webp().toBuffer()],
  ])('%s stays what it is, and what hangs behind the picture is cut off', async (type, made) => {
    const kept = await remake(Buffer.concat([await made, Buffer.from('<script>alert(1)</script>PK\x03\x04')]), type);
    expect(`image/${(await sharp(kept).metadata()).format}`).toBe(type);
    expect(kept.includes('script')).toBe(false);
  });

  test('several at once are all made', async () => {
    const photo = await plain(60, 60).jpeg().toBuffer();
    const kept = await Promise.all(Array.from({ length: 9 }, () => remake(photo, 'image/jpeg')));
    expect(kept.every((bytes) => bytes.length > 0)).toBe(true);
  });
});

describe('a picture that is refused', () => {
  test('a bomb: about a hundred KB that would be a billion pixels', async () => {
    const bomb = blackPng(32_000);
    expect(bomb.length).toBeLessThan(200 * 1024);
    expect(32_000 ** 2).toBeGreaterThan(mostPixels);
    const before = process.memoryUsage.rss();
    await expect(remake(bomb, 'image/png')).rejects.toMatchObject({ code: 'file-too-many-pixels' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(128 * 1024 * 1024);
  });

  test('one that moves', async () => {
    const frames = await sharp([await plain(8, 8).png().toBuffer(), await plain(8, 8).negate().png().toBuffer()], {
      join: { animated: true },
    })
      .webp()
      .toBuffer();
    await expect(remake(frames, 'image/webp')).rejects.toMatchObject({ code: 'file-moving' });
  });

  test('one that was cut off, or only begins like one', async () => {
    const whole = await plain(200, 200).png({ compressionLevel: 0 }).toBuffer();
    const half = whole.subarray(0, whole.length / 2);
    await expect(remake(half, 'image/png')).rejects.toMatchObject({ code: 'file-damaged' });
    const head = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7)]);
    await expect(remake(head, 'image/jpeg')).rejects.toMatchObject({ code: 'file-damaged' });
  });

  test('one of a format that is not taken is not even read, under whatever name', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(remake(svg, 'image/png')).rejects.toMatchObject({ code: 'file-damaged' });
    const tiff = Buffer.from('SUkqAAgAAAAAAA==', 'base64');
    await expect(remake(tiff, 'image/jpeg')).rejects.toMatchObject({ code: 'file-damaged' });
  });
});

/** A whole and right PNG, black, one bit a pixel: made by hand, because every library would paint it first. */
function blackPng(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * side));
  const begin = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([begin, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
