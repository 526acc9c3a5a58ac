import { bare } from './bare.ts';
import { load, type Measured, send } from './load.ts';
import type { Product, Signed } from './product.ts';

/** Claims and releases, turn by turn, each client on a case of its own. */
export async function transitions(
  base: string,
  who: Signed,
  work: { number: string; item: string }[],
  clients: number,
  seconds: number,
): Promise<Measured> {
  const run = `${process.pid}-${performance.now().toString(36).replace('.', '')}`;
  const claimed: boolean[] = [];
  const measured = await load(clients, seconds, async (client, turn) => {
    const { number, item } = work[client % work.length] ?? { number: '', item: '' };
    const type = claimed[client] ? 'release' : 'claim';
    const body = JSON.stringify({ commandId: `bench-${run}-${client}-${turn}`, command: { type, item } });
    const answer = await send(`${base}/api/v1/cases/${number}/commands`, {
      method: 'POST',
      headers: who.headers,
      body,
    });
    if (answer.status === 200) claimed[client] = type === 'claim';
    return answer.status === 200;
  });
  // Leave everything as it was found.
  for (const [client, isClaimed] of claimed.entries()) {
    const { number, item } = work[client % work.length] ?? { number: '', item: '' };
    const body = JSON.stringify({ commandId: `bench-${run}-${client}-end`, command: { type: 'release', item } });
    if (isClaimed)
      await send(`${base}/api/v1/cases/${number}/commands`, { method: 'POST', headers: who.headers, body });
  }
  return measured;
}

/** HTTP and bare SQL in turn, several rounds, the middle one of each kept. */
export async function pair(
  product: Product,
  who: Signed,
  work: { http: { number: string; item: string }[]; bare: string[] },
  clients: number,
  seconds: number,
) {
  const http: Measured[] = [];
  const plain: Measured[] = [];
  for (let round = 0; round < 3; round++) {
    http.push(await transitions(product.base, who, work.http, clients, seconds));
    plain.push(await bare(product.databaseUrl, work.bare, clients, seconds));
  }
  return { http: middle(http), bare: middle(plain) };
}

export function middle(list: Measured[]): Measured {
  const sorted = list.toSorted((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)] as Measured;
}
