import Type, { type Static } from 'typebox';
import type { Draft, StoredFile } from '../../cases/door.ts';
import { Answers, closed, commandId, DivisionCode, Id, Instant, More, named, Situation, Subject } from './shapes.ts';

/** Shapes of drafts and of the files beside them. */
const StoredFileShape = named(
  'File',
  'An uploaded material',
  Type.Object({
    id: Type.String(),
    material: Type.String(),
    name: Type.String(),
    mediaType: Type.String(),
    bytes: Type.Integer(),
  }),
);
export const FileAnswer = StoredFileShape;
const fields = {
  id: Type.String(),
  division: DivisionCode,
  subject: Subject,
  subjectVersion: Type.Integer(),
  itemVersions: Type.Record(Type.String(), Type.Integer()),
  situation: Situation,
  updatedAt: Instant,
};
export const DraftAnswer = named(
  'Draft',
  'What somebody has filled in so far; number is the case it became',
  Type.Object({
    ...fields,
    answers: Answers,
    number: Type.Optional(Type.String()),
    files: Type.Array(StoredFileShape),
  }),
);
export const DraftList = Type.Object({ drafts: Type.Array(Type.Object(fields)), more: More });
export const DraftStart = Type.Object(
  { subject: Subject, division: DivisionCode, situation: Situation, answers: Type.Optional(Answers), ...commandId },
  closed,
);
export const DraftChange = Type.Object(
  { answers: Type.Optional(Answers), division: Type.Optional(DivisionCode) },
  closed,
);
const agreed = 'The applicant has consented separately to the use of sensitive answers (个人信息保护法 art. 29)';
export const Consent = Type.Optional(Type.Boolean({ description: agreed }));
export const Submission = Type.Union([Type.Null(), Type.Object({ consent: Consent }, closed)]);
export const DraftId = Type.Object({ draft: Id }, closed);
export const DraftMaterial = Type.Object({ draft: Id, material: Id }, closed);
export const Submitted = named(
  'Submitted',
  'The number of the case; the same form submitted again gives the same one',
  Type.Object({ number: Type.String(), spoken: Type.String({ description: 'The number in groups one can read out' }) }),
);

export function shownFile({ id, material, name, mediaType, bytes }: StoredFile): Static<typeof FileAnswer> {
  return { id, material, name, mediaType, bytes };
}

export function shownDraft(draft: Draft, files: StoredFile[]): Static<typeof DraftAnswer> {
  const { owner: _, region: __, ...shown } = draft;
  return { ...shown, files: files.map(shownFile) };
}
