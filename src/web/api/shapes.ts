import Type, { type Static, type TSchema, type TUnsafe } from 'typebox';
import { TextShape } from '../../elements/door.ts';
import { pageSize } from '../../platform/door.ts';
import { lastPage } from '../paging.ts';

/** Words that several operations share. Named ones are written once in the description and referred to. */
export const closed = { additionalProperties: false } as const;

/** Every named shape, for the server that answers with it. */
export const namedShapes: TSchema[] = [];

/** Gives a shape a name; what comes back stands for it in answers. */
export function named<T extends TSchema>(id: string, description: string, schema: T): TUnsafe<Static<T>> {
  namedShapes.push({ ...schema, $id: id, description } as TSchema);
  return Type.Unsafe<Static<T>>({ $ref: `${id}#` });
}

export const nullable = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [(schema as unknown as { type: string }).type, 'null'] });

export const Region = Type.String({ pattern: '^\\d{6}$', description: 'Six-digit county code' });
export const DivisionCode = Type.String({ pattern: '^\\d{12}$', description: 'Twelve-digit division code' });
export const Day = Type.String({ description: 'A day in China, YYYY-MM-DD' });
export const Instant = Type.String({ description: 'An instant, ISO 8601' });
export const CaseNumber = Type.String({ minLength: 20, maxLength: 60, description: '办件编号; spaces are forgiven' });
export const Id = Type.String({ minLength: 1, maxLength: 64 });

/** Which page of a list. */
export const PageNumber = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: lastPage,
    description: `Which page of ${pageSize} rows; the first when not told`,
  }),
);
export const Paged = Type.Object({ page: PageNumber });
export const More = Type.Boolean({ description: 'Whether another page follows' });
/** Which accounts, and which page of them. Posted: the name of a colleague stands in no address. */
export const StaffSought = Type.Object(
  {
    q: Type.String({
      pattern: '\\S',
      maxLength: 100,
      description: 'A name, a login or an agency, or a part of one',
    }),
    page: PageNumber,
  },
  closed,
);

/** The header of requests that take effect once. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: '8 to 80 characters of the client’s own making' })),
});

/** The same in the body of a request that makes something. */
export const commandId = {
  commandId: Type.Optional(Type.String({ maxLength: 80, description: 'In place of the header Idempotency-Key' })),
};

export const Text = named('Text', 'A text in Chinese and in English', TextShape);
export const Subject = Type.Object(
  { kind: Type.Enum(['bundle', 'item']), id: Type.String({ minLength: 1, maxLength: 64 }) },
  closed,
);
/** Situation question id to the value of the option chosen. */
export const Situation = Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 64 }), {
  maxProperties: 60,
});
/** Element id to the text that was answered. Lengths are the elements' own. */
export const Answers = Type.Record(Type.String({ maxLength: 64 }), Type.String(), { maxProperties: 400 });

const Problem = named(
  'Problem',
  'What went wrong (RFC 9457): title and detail are for people, code and errors for machines',
  Type.Object({
    type: Type.String({ format: 'uri' }),
    title: Type.String(),
    detail: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    instance: Type.String(),
    errors: Type.Array(Type.Object({ field: Type.String(), code: Type.String(), detail: Type.String() })),
  }),
);

/** Any answer that is no success. It never is what a handler returns, so it adds nothing to the handler's type. */
const problem = {
  description: 'A problem document',
  content: { 'application/problem+json': { schema: Problem } },
} as unknown as TUnsafe<never>;

export const answer = <T extends TSchema>(schema: T) => ({ 200: schema, default: problem });
export const created = <T extends TSchema>(schema: T) => ({ 201: schema, default: problem });
export const nothing = { 204: Type.Null({ description: 'Done' }), default: problem };
