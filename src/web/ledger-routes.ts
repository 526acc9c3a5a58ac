import type { KnownLog, Ledger } from '../ledger/door.ts';
import { type Http, Problem } from '../platform/door.ts';

/**
 * The log of acts as anybody may watch it (C2SP tlog-tiles): the signed checkpoint and the hashes. Entries are not here:
 * they say when something happened in whose case. Who may see a case gets them with its proof.
 */
export function registerLedger(app: Http, ledger: Ledger, witnessed: KnownLog[] = []): void {
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
  app.get('/ledger/key-changes', async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send((await ledger.keyChanges()).join('\n')),
  );
  registerWitness(app, ledger, witnessed);
  app.get<{ Params: { '*': string } }>('/ledger/tile/*', async (request, reply) => {
    const hashes = await ledger.tile(`tile/${request.params['*']}`);
    if (!hashes) throw new Problem('not-found');
    return reply
      .type('application/octet-stream')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(Buffer.from(hashes));
  });
}

/** A request holds a note and at most 63 hashes. */
const largestRequest = 32 * 1024;

/**
 * This node as a witness of others (C2SP tlog-witness). There is nobody to sign in: what is asked is signed by a log that
 * is known here, and what is answered is public. Without known logs every request is for one that is not.
 */
function registerWitness(app: Http, ledger: Ledger, logs: KnownLog[]): void {
  const config = { signedBody: true };
  app.post<{ Body: unknown }>(
    '/ledger/add-checkpoint',
    { config, bodyLimit: largestRequest },
    async (request, reply) => {
      const verdict = await ledger.witness(typeof request.body === 'string' ? request.body : '', logs);
      if (verdict.sign && 'line' in verdict) return reply.type('text/plain; charset=utf-8').send(verdict.line);
      if (verdict.sign) throw new Problem('unavailable', { reason: 'no-key' });
      const size = 'size' in verdict ? verdict.size : undefined;
      // The size that was seen last, so that the log can prove from there.
      if (verdict.status === 409 && size !== undefined)
        return reply.status(409).type('text/x.tlog.size').send(`${size}\n`);
      return reply.status(verdict.status).type('text/plain; charset=utf-8').send(`${verdict.because}\n`);
    },
  );
}
