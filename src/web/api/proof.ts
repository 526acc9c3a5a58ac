import Type from 'typebox';
import { sightOf, tidyNumber } from '../../cases/door.ts';
import { withActs } from '../../ledger/door.ts';
import { Problem } from '../../platform/door.ts';
import { recordReading } from '../desk/reading.ts';
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
        act: Type.Optional(
          Type.Unknown({ description: 'The act itself: the SHA-256 of its canonical JSON stands in the entry' }),
        ),
        opened: Type.Optional(
          Type.String({
            description: 'What is classified of it, in base64; its SHA-256 stands in the act as `sealed`',
          }),
        ),
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
      querystring: Type.Object(
        {
          acts: Type.Optional(
            Type.Literal('yes', {
              description: 'With what was done: everything for the applicant, for others what offices did',
            }),
          ),
        },
        closed,
      ),
      response: answer(Proof),
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const file = await cases.read(actor, tidyNumber(request.params.number));
      const { plan } = file;
      const proof = await ledger.proof({ kind: 'case-event', region: plan.region, number: plan.number });
      // An act is in the log a moment after it happened.
      if (!proof) throw new Problem('not-found');
      if (!request.query.acts) return proof;
      if (actor.kind !== 'person')
        await recordReading(site, request, file, sightOf(actor, file), { what: 'case.read-by-api' });
      reply.header('content-disposition', `attachment; filename="${plan.number}.json"`);
      return withActs(proof, await cases.loggedActs(actor, plan.number));
    },
  });
}
