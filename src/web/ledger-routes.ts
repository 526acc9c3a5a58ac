import type { Ledger } from '../ledger/door.ts';
import { type Http, Problem } from '../platform/door.ts';

/**
 * The log of acts as anybody may watch it (C2SP tlog-tiles): the signed checkpoint and the hashes. Entries are not here:
 * they say when something happened in whose case. Who may see a case gets them with its proof.
 */
export function registerLedger(app: Http, ledger: Ledger): void {
  app.get('/ledger/checkpoint', async (_request, reply) => {
    const note = await ledger.checkpoint();
    if (!note) throw new Problem('not-found');
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'public, max-age=2').send(note);
  });
  app.get('/ledger/keys', async (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=600')
      .send(ledger.keys.map((key) => `${key}\n`).join('')),
  );
  app.get<{ Params: { '*': string } }>('/ledger/tile/*', async (request, reply) => {
    const hashes = await ledger.tile(`tile/${request.params['*']}`);
    if (!hashes) throw new Problem('not-found');
    return reply
      .type('application/octet-stream')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(Buffer.from(hashes));
  });
}
