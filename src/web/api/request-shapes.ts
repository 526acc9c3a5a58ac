import Type from 'typebox';
import { correctable, requestKinds } from '../../rights/door.ts';
import { Day, DivisionCode, Instant, named, nullable } from './shapes.ts';

/** Shapes of what people ask about their own data. */
const Kept = Type.Object({
  number: Type.String(),
  may: Type.Enum(['no']),
  because: Type.Enum(['running', 'held', 'kept']),
  until: Type.Optional(Instant),
  source: Type.Optional(Type.String()),
  article: Type.Optional(Type.String()),
});
const erased = { drafts: Type.Integer(), cases: Type.Array(Type.String()), kept: Type.Array(Kept) };
export const Erased = named('Erased', 'What is erased, and what the law keeps and why', Type.Object(erased));

const Answered = Type.Object({
  outcome: Type.Enum(['done', 'refused']),
  reason: Type.String(),
  at: Instant,
  agency: Type.String(),
  erased: Type.Optional(nullable(Type.Object(erased))),
});
export const requestMembers = {
  id: Type.String(),
  kind: Type.Enum([...requestKinds]),
  division: DivisionCode,
  about: nullable(Type.String({ description: 'Case number' })),
  at: Instant,
  due: Day,
  answer: nullable(Answered),
};
export const AskedRequest = named(
  'Request',
  'What somebody asked about their own data, and how it was answered',
  Type.Object(requestMembers),
);
export const wish = {
  words: Type.String(),
  field: Type.Optional(Type.Enum([...correctable])),
  value: Type.Optional(Type.String()),
};
export const WholeRequest = named(
  'WholeRequest',
  'The same with what it says',
  Type.Object({ ...requestMembers, wish: Type.Object(wish) }),
);
