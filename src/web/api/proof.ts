import Type from 'typebox';
import { tidyNumber } from '../../cases/door.ts';
import { Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import { type Api, signedIn } from './api.ts';
import { answer, CaseNumber, closed, named } from './shapes.ts';

const Proof = named(
  'Proof',
  'That acts are in the log, to be checked offline: entry, way to the root, and the signed root (docs/ledger.md)',
  Type.Object({
    format: Type.String(),
    checkpoint: Type.String({ description: 'Signed note (C2SP): name of the log, size, root, signatures' }),
    keys: Type.Array(Type.String(), { description: 'Verifier keys; know the right one from elsewhere' }),
    acts: Type.Array(
      Type.Object({
        index: Type.Integer(),
        entry: Type.String({ description: 'The leaf, byte for byte' }),
        hashes: Type.Array(Type.String(), { description: 'In base64, nearest the leaf first' }),
      }),
    ),
  }),
);

/** The proof of a case, for those who may read it. */
export function registerProof(api: Api, site: Site): void {
  const { cases, ledger } = site.house;
  api.get('/api/v1/cases/:number/proof', {
    schema: {
      operationId: 'proveCase',
      summary: 'Proof that what happened to a case is in the log of acts',
      tags: ['cases'],
      params: Type.Object({ number: CaseNumber }, closed),
      response: answer(Proof),
    },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      const { plan } = await cases.read(actor, tidyNumber(request.params.number));
      const proof = await ledger.proof({ kind: 'case-event', region: plan.region, number: plan.number });
      // An act is in the log a moment after it happened.
      if (!proof) throw new Problem('not-found');
      return proof;
    },
  });
}
