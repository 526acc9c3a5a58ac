import Type, { type Static } from 'typebox';
import type { Command } from '../../cases/door.ts';
import { longest } from '../desk/lengths.ts';
import { Consent } from './draft-shapes.ts';
import { Answers, closed } from './shapes.ts';

const Item = Type.String({ minLength: 1, maxLength: 64 });
const Reason = Type.String({ maxLength: longest.reason });
const Results = Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: longest.r }), {
  maxProperties: 50,
});
const Missing = Type.Array(
  Type.Object(
    {
      what: Type.String({ minLength: 1, maxLength: longest.what }),
      why: Type.String({ minLength: 1, maxLength: longest.why }),
    },
    closed,
  ),
  { maxItems: 60 },
);

const Accept = Type.Object({ type: Type.Literal('accept') }, closed);
const Return = Type.Object({ type: Type.Literal('return'), missing: Missing }, closed);
const NotAccept = Type.Object({ type: Type.Literal('not-accept'), reason: Reason }, closed);
const Withdraw = Type.Object({ type: Type.Literal('withdraw') }, closed);
const Claim = Type.Object({ type: Type.Literal('claim'), item: Item }, closed);
const Release = Type.Object({ type: Type.Literal('release'), item: Item }, closed);
const Decide = Type.Object(
  {
    type: Type.Literal('decide'),
    item: Item,
    outcome: Type.Enum(['granted', 'refused']),
    reason: Reason,
    results: Type.Optional(Results),
  },
  closed,
);
const Issue = Type.Object(
  { type: Type.Literal('issue'), item: Item, results: Type.Optional(Results) },
  { ...closed, description: 'Issues what somebody else decided; never by who received the case or decided the branch' },
);
const OnTheSpot = Type.Object(
  { type: Type.Literal('decide-on-the-spot'), reason: Reason, results: Type.Optional(Results) },
  closed,
);
const Resubmit = Type.Object(
  {
    type: Type.Literal('resubmit'),
    answers: Type.Optional(Answers),
    consent: Consent,
    papers: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        maxItems: 60,
        description: 'Materials handed in on paper; at a counter only',
      }),
    ),
  },
  { ...closed, description: 'Answers go over the ones there are; files put to the case are taken along' },
);

export const CommandShape = Type.Union([
  Accept,
  Return,
  NotAccept,
  Withdraw,
  Claim,
  Release,
  Decide,
  Issue,
  OnTheSpot,
  Resubmit,
]);
/** What a client wishes of a case, and the id under which the wish takes effect once. */
export const CommandBody = Type.Object(
  {
    command: CommandShape,
    commandId: Type.Optional(Type.String({ maxLength: 80, description: 'In place of the header Idempotency-Key' })),
    seenVersion: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The version looked at; a case that has moved on is not changed' }),
    ),
  },
  closed,
);
export type Wish = Static<typeof CommandShape>;

export const wishes = CommandShape.anyOf.map(({ properties }) => properties.type.const);

/** What a body wishes, for the trail: it is asked of bodies that nobody has checked, and writes none of their words. */
export function wishOf(body: unknown): string {
  const said = (body as { command?: { type?: unknown } } | null | undefined)?.command?.type;
  return wishes.find((type) => type === said) ?? 'unknown';
}

/** Wishes that are commands as they stand; what is handed in again goes another way. */
export function commandOf(wish: Exclude<Wish, { type: 'resubmit' }>): Command {
  if (wish.type !== 'decide' && wish.type !== 'issue' && wish.type !== 'decide-on-the-spot') return wish;
  return { ...wish, results: wish.results ?? {} };
}
