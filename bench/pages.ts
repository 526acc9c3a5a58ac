import { gzipSync } from 'node:zlib';
import { load, type Measured, send } from './load.ts';

export type PageFigure = Measured & { name: string; gzip: number; repeatGzip: number; alone: Measured };

/** One page: how many a second with 32 readers, how long one reader alone waits, and what it weighs on first and later views. */
export async function page(
  name: string,
  url: string,
  headers: Record<string, string>,
  seconds: number,
): Promise<PageFigure> {
  const first = await send(url, { headers });
  if (first.status !== 200) throw new Error(`${name}: ${first.status}`);
  const css = [first.headers['set-cookie'] ?? []]
    .flat()
    .find((cookie) => cookie.startsWith('tb_css='))
    ?.split(';')[0];
  const cookie = [headers.cookie, css].filter(Boolean).join('; ');
  const repeat = await send(url, { headers: { ...headers, cookie } });
  const read = async () => (await send(url, { headers: { ...headers, cookie } })).status === 200;
  const alone = await load(1, seconds, read);
  const many = await load(32, seconds, read);
  return { ...many, name, alone, gzip: gzipSync(first.body).length, repeatGzip: gzipSync(repeat.body).length };
}
