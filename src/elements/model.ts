import Type, { type Static } from 'typebox';

/**
 * The shapes of `elements/*.yaml`. A data element (数据元) is the smallest word of the system; a question is one page
 * that asks for one or a few of them; a material is a paper or file somebody may have to bring.
 */
export const TextShape = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);

/** What a data element or a material is called in files, and its name in forms. */
export const ElementId = Type.String({ pattern: '^[a-z][a-z0-9_]{1,60}$' });

/** A data element (数据元) as `elements/*.yaml` writes it. */
export const ElementShape = Type.Object(
  {
    id: ElementId,
    name: TextShape,
    hint: Type.Optional(TextShape),
    /** How it is typed, checked and shown. `id-card`, `phone`, … have a validator in `elements/validate.ts`. */
    type: Type.Enum([
      'text',
      'long-text',
      'date',
      'number',
      'choice',
      'yes-no',
      'id-card',
      'phone',
      'credit-code',
      'bank-card',
      'person-name',
      'address',
      'division',
    ]),
    options: Type.Optional(
      Type.Array(Type.Object({ value: Type.String(), label: TextShape }, { additionalProperties: false })),
    ),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000 })),
    pattern: Type.Optional(Type.String()),
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    /** Dates: how the value stands to today, e.g. a birth is never in the future. */
    when: Type.Optional(Type.Enum(['past-or-today', 'future-or-today', 'any'])),
    /** 1 public, 2 internal, 3 personal, 4 sensitive personal (个人信息保护法 art. 28). */
    sensitivity: Type.Enum([1, 2, 3, 4]),
    /** By what right a sensitive element is asked: a statutory duty (个人信息保护法 art. 13), or separate consent (art. 29). */
    basis: Type.Optional(
      Type.Object(
        { kind: Type.Enum(['statutory', 'consent']), law: Type.String({ minLength: 1 }), verified: Type.Boolean() },
        { additionalProperties: false },
      ),
    ),
    /** Of a child under fourteen: its guardian consents (art. 31). */
    about: Type.Optional(Type.Enum(['child'])),
    optional: Type.Optional(Type.Boolean()),
    /** The one source of truth: the kind of agency that keeps it, or the applicant. */
    source: Type.String(),
    /** Filled from what the signed-in person's record already holds: a key of the person's profile. */
    prefill: Type.Optional(Type.Enum(['name', 'id_card', 'phone', 'address', 'sex', 'organisation', 'credit_code'])),
    /** Prefilled only when the signed-in person is of this sex, e.g. the father's name. */
    prefillFor: Type.Optional(Type.Enum(['male', 'female'])),
  },
  { additionalProperties: false },
);

/** A question, which asks for one or more elements on one page. */
export const QuestionShape = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }),
    /** Questions are asked in ascending order. */
    order: Type.Integer(),
    title: TextShape,
    hint: Type.Optional(TextShape),
    /** Shown in the side panel "为什么问这个". */
    why: TextShape,
    elements: Type.Array(ElementShape, { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** A material (材料) as `elements/materials.yaml` writes it. */
export const MaterialShape = Type.Object(
  {
    id: ElementId,
    name: TextShape,
    hint: Type.Optional(TextShape),
    /** Who has it: the applicant brings it, or an agency that shares it so that nobody brings it (国务院令第716号 art. 7). */
    source: Type.Enum(['applicant', 'shared']),
    /** For shared ones: the kind of agency that keeps it. */
    keeper: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

/** One elements file. */
export const ElementsFileShape = Type.Object(
  { questions: Type.Optional(Type.Array(QuestionShape)), materials: Type.Optional(Type.Array(MaterialShape)) },
  { additionalProperties: false },
);

export type Element = Static<typeof ElementShape>;
export type Question = Static<typeof QuestionShape>;
export type Material = Static<typeof MaterialShape>;
/** What people answered: element id to the text they gave; dates as YYYY-MM-DD, yes-no as `yes` or `no`. */
export type Answers = Record<string, string>;
