import Type, { type Static } from 'typebox';
import { ElementId, TextShape } from '../elements/door.ts';

/**
 * The shapes of `items/<id>/item.yaml` and `bundles/<id>/bundle.yaml`. Names follow the national item dictionary
 * (C0109 / GB/T 39554); `when` conditions are CEL over situation answers and element ids.
 */
const closed = { additionalProperties: false } as const;
export const SlugShape = Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' });
const When = Type.Optional(Type.String({ minLength: 1 }));

/** A fact with where it comes from; `verified: false` until somebody has read it in the source itself. */
export const BasisShape = Type.Object(
  {
    law: Type.String(),
    article: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    verified: Type.Boolean(),
  },
  closed,
);

export const LimitShape = Type.Object({ days: Type.Integer({ minimum: 0, maximum: 730 }), basis: BasisShape }, closed);

export const ItemMaterialShape = Type.Object(
  {
    material: ElementId,
    when: When,
    required: Type.Boolean(),
    original: Type.Optional(Type.Boolean()),
    basis: Type.Optional(BasisShape),
  },
  closed,
);

export const ResultShape = Type.Object(
  {
    id: ElementId,
    name: TextShape,
    /** certificate 出证, document 出文, register 登记 */
    form: Type.Enum(['certificate', 'document', 'register']),
    /** What the approver must type to hand it on, e.g. a certificate number. */
    pattern: Type.Optional(Type.String()),
    example: Type.Optional(Type.String()),
  },
  closed,
);

export const ItemShape = Type.Object(
  {
    id: SlugShape,
    name: TextShape,
    /** What people call it. */
    plain: TextShape,
    keywords: Type.Array(Type.String()),
    /** GB/T 39046-2020 A.1: 01 许可 05 给付 07 确认 10 其他 20 公共服务 … */
    type: Type.Enum(['01', '05', '07', '08', '09', '10', '20']),
    catalogCode: Type.Optional(Type.String()),
    /** Lucide icon name, e.g. `baby`. */
    icon: Type.String(),
    /** natural person, enterprise */
    audience: Type.Array(Type.Enum(['person', 'enterprise']), { minItems: 1 }),
    topic: Type.String(),
    /** The kind of agency that decides; a township kind decides in the case's own township. */
    agency: SlugShape,
    /** on-the-spot 即办件, promised 承诺件 (GB/T 39046-2020 A.6) */
    handling: Type.Enum(['on-the-spot', 'promised']),
    limits: Type.Object({ statutory: LimitShape, promised: LimitShape }, closed),
    /**
     * The result is issued by somebody else than who decides (审批与制证分离), within so many working days of the decision. Left
     * out: with the decision.
     */
    issue: Type.Optional(LimitShape),
    visits: Type.Integer({ minimum: 0, maximum: 5 }),
    visitReason: Type.Optional(TextShape),
    fee: Type.Object({ free: Type.Boolean(), text: TextShape }, closed),
    legalBasis: Type.Array(BasisShape, { minItems: 1 }),
    conditions: Type.Array(TextShape),
    materials: Type.Array(ItemMaterialShape),
    elements: Type.Array(
      Type.Object({ element: ElementId, when: When, optional: Type.Optional(Type.Boolean()) }, closed),
    ),
    results: Type.Array(ResultShape),
    faq: Type.Optional(Type.Array(Type.Object({ question: TextShape, answer: TextShape }, closed))),
    /** Checks across fields: CEL that must hold, the field the message stands beside, and the message. */
    checks: Type.Optional(
      Type.Array(Type.Object({ rule: Type.String(), field: ElementId, message: TextShape }, closed)),
    ),
    /** False for an item that only makes sense inside a bundle. */
    standalone: Type.Optional(Type.Boolean()),
  },
  closed,
);

export const SituationShape = Type.Object(
  {
    id: ElementId,
    title: TextShape,
    hint: Type.Optional(TextShape),
    why: Type.Optional(TextShape),
    options: Type.Array(
      Type.Object({ value: Type.String(), label: TextShape, hint: Type.Optional(TextShape) }, closed),
      { minItems: 2 },
    ),
    when: When,
  },
  closed,
);

export const BundleShape = Type.Object(
  {
    id: SlugShape,
    name: TextShape,
    plain: TextShape,
    keywords: Type.Array(Type.String()),
    icon: Type.String(),
    lead: SlugShape,
    summary: TextShape,
    legalBasis: Type.Array(BasisShape, { minItems: 1 }),
    situation: Type.Array(SituationShape),
    items: Type.Array(Type.Object({ item: SlugShape, when: When, dependsOn: Type.Array(SlugShape) }, closed), {
      minItems: 1,
    }),
  },
  closed,
);

export type Basis = Static<typeof BasisShape>;
/** An item or bundle as published: the version is given by the database when its content changes, never typed. */
export type Item = Static<typeof ItemShape> & { version: number };
export type Bundle = Static<typeof BundleShape> & { version: number };
export type ItemMaterial = Static<typeof ItemMaterialShape>;
export type ResultSpec = Static<typeof ResultShape>;
/** Answers to the situation questions: question id to option value. */
export type Situation = Record<string, string>;
/** One page of the conversation that finds out which items somebody needs. */
export type SituationQuestion = Static<typeof SituationShape>;
/** What the author of a folder writes: everything but the version. */
export type ItemContent = Static<typeof ItemShape>;
export type BundleContent = Static<typeof BundleShape>;
/** What somebody can start: one item, or a bundle of them. */
export type Subject = { kind: 'bundle' | 'item'; id: string };
/** What somebody began with, and keeps: the version of the item or bundle, and those of the items in it. */
export type Pinned = { subjectVersion?: number; itemVersions?: Record<string, number> };
