import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { checkCharacter112 } from '../../src/elements/iso7064.ts';
import { type Log, openLog } from '../../src/platform/log.ts';
import type { Product } from './api.ts';

/** An ID card of nobody's, by its first seventeen digits. */
export const idCardOf = (digits: string): string => digits + checkCharacter112(digits);

/** Which of some values, each of which nobody else has, stand in a text: as they are or as an address, JSON, HTML or base64 has them. */
export function seeker(seeds: Record<string, string>): (text: string) => string[] {
  const forms = (value: string) => [
    value,
    encodeURIComponent(value),
    new URLSearchParams({ value }).toString().slice('value='.length),
    JSON.stringify(value).slice(1, -1),
    value.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    // Whatever stands before it, the middle of a value comes out of base64 in one of three ways.
    ...[0, 1, 2].map((before) => middleInBase64(value, before)),
  ];
  const known = Object.entries(seeds).map(([name, value]) => [name, forms(value)] as const);
  return (text) => known.flatMap(([name, all]) => (all.some((form) => text.includes(form)) ? [name] : []));
}

function middleInBase64(value: string, before: number): string {
  const bytes = Buffer.from(value);
  const from = (3 - before) % 3;
  return bytes.subarray(from, bytes.length - ((bytes.length - from) % 3)).toString('base64');
}

/** What leaves a product beside the text of its answers. */
export type Heard = {
  /** Of the log, at its most talkative. */
  lines: string[];
  log: Log;
  /** The product makes: on its pages, and where it sends somebody on to. */
  addresses: string[];
  cookies: string[];
  /** Of files that are handed out, with the address asked for. */
  fileNames: string[];
  /** All other headers. */
  headers: string[];
};

/** An ear for a product that is to be opened with its `log`. */
export function openEar(): Heard {
  const lines: string[] = [];
  const log = openLog('trace', { write: (line) => void lines.push(line) });
  return { lines, log, addresses: [], cookies: [], fileNames: [], headers: [] };
}

/** Hears every answer of a product from now on. An address with a value in it, which somebody made up, is theirs to see again. */
export function listenTo({ app }: Product, heard: Heard, found: (text: string) => string[]): void {
  const ask = app.inject.bind(app) as (options: InjectOptions | string) => Promise<LightMyRequestResponse>;
  const listening = async (options: InjectOptions | string) => {
    const answer = await ask(options);
    const asked = String(typeof options === 'string' ? options : options.url);
    const { location, refresh, link, 'set-cookie': cookies, 'content-disposition': file, ...others } = answer.headers;
    const own = found(asked).length > 0;
    if (!own) heard.addresses.push(...[location, refresh, link].flatMap((address) => String(address ?? '')));
    if (!own && String(answer.headers['content-type']).startsWith('text/html'))
      heard.addresses.push(
        ...[...answer.payload.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, address = '']) => address),
      );
    heard.cookies.push(...[cookies ?? []].flat());
    if (file) heard.fileNames.push(`${asked} ${file}`);
    heard.headers.push(...Object.entries(others).map(([name, value]) => `${name}: ${value}`));
    return answer;
  };
  app.inject = listening as typeof app.inject;
}
