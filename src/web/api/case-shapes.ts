import Type from 'typebox';
import { branchStatuses, caseStatuses, channels } from '../../cases/door.ts';
import { Answers, Day, DivisionCode, Instant, named, nullable, Situation, Text } from './shapes.ts';

/** Shapes of cases as the interface shows them. */
const maybe = <T extends Parameters<typeof Type.Optional>[0]>(schema: T) => Type.Optional(schema);

const Who = named(
  'Who',
  'Somebody who acted: a member of staff with their agency, or the applicant',
  Type.Object({ name: Type.String(), agencyName: maybe(Text) }),
);
const Missing = Type.Array(Type.Object({ what: Type.String(), why: Type.String() }));

const Branch = named(
  'Branch',
  'One item of a case (子办件), decided by one agency; days are working days',
  Type.Object({
    item: Type.String(),
    name: Text,
    agency: Type.String(),
    agencyName: Text,
    dependsOn: Type.Array(Type.String()),
    status: Type.Enum([...branchStatuses]),
    promisedDays: Type.Integer(),
    statutoryDays: Type.Integer(),
    openedAt: maybe(Instant),
    promisedDue: maybe(Day),
    statutoryDue: maybe(Day),
    provisional: maybe(Type.Boolean({ description: 'A due date lies past the days the calendar is known for' })),
    promisedLeft: maybe(Type.Integer({ description: 'Working days left; below zero when late' })),
    statutoryLeft: maybe(Type.Integer()),
    claimedBy: maybe(Who),
    claimedAt: maybe(Instant),
    decidedAt: maybe(Instant),
    decidedBy: maybe(Who),
    reason: maybe(Type.String()),
    usedDays: maybe(Type.Integer()),
    issueDue: maybe(Day),
    issueProvisional: maybe(Type.Boolean()),
    issuedAt: maybe(Instant),
    issuedBy: maybe(Who),
    because: maybe(Type.String({ description: 'What stopped it' })),
    results: maybe(Type.Array(Type.Object({ id: Type.String(), name: Text, value: Type.String() }))),
    allowed: Type.Array(Type.String(), { description: 'Commands the reader may give now' }),
  }),
);

const state = {
  number: Type.String(),
  version: Type.Integer({ description: 'To be sent back as seenVersion, so that a case that moved on is not changed' }),
  status: Type.Enum([...caseStatuses]),
  outcome: maybe(Type.String()),
  submittedAt: Instant,
  answerDue: Day,
  acceptedAt: maybe(Instant),
  deemed: maybe(Type.Boolean({ description: 'Accepted by law, because the counter did not answer in time' })),
  closedAt: maybe(Instant),
  reason: maybe(Type.String()),
  missing: maybe(Missing),
  branches: Type.Array(Branch),
  allowed: Type.Array(Type.String(), { description: 'Commands the reader may give now' }),
};
export const CaseState = named('CaseState', 'Where a case stands', Type.Object(state));

const Event = named(
  'Event',
  'Something that happened to a case; which of the optional members it has depends on its type',
  Type.Object({
    type: Type.String(),
    at: Instant,
    by: Who,
    item: maybe(Type.String()),
    outcome: maybe(Type.String()),
    reason: maybe(Type.String()),
    missing: maybe(Missing),
    because: maybe(Type.String()),
    promisedDue: maybe(Day),
    statutoryDue: maybe(Day),
    provisional: maybe(Type.Boolean()),
    usedDays: maybe(Type.Integer()),
    answerDue: maybe(Day),
    deemedFrom: maybe(Instant),
    countedFrom: maybe(Instant),
    issueDue: maybe(Day),
  }),
);
const Material = Type.Object({
  material: Type.String(),
  name: Text,
  state: Type.Enum(['uploaded', 'paper', 'shared']),
  file: maybe(Type.String()),
});

export const CaseAnswer = named(
  'Case',
  'One case. Answers, materials and results are those the reader may see, and may be none',
  Type.Object({
    ...state,
    spoken: Type.String(),
    subject: Type.Object({
      kind: Type.Enum(['bundle', 'item']),
      id: Type.String(),
      version: Type.Integer(),
      name: Text,
    }),
    division: DivisionCode,
    divisionName: Type.String(),
    applicantName: Type.String(),
    channel: Type.Enum([...channels]),
    timesReturned: Type.Integer(),
    visits: Type.Integer(),
    materialsAsked: Type.Integer(),
    materialsSpared: Type.Integer(),
    situation: maybe(Situation),
    answers: Answers,
    materials: Type.Array(Material),
    events: Type.Array(Event),
  }),
);

export const CaseRow = named(
  'CaseRow',
  'A case in a list',
  Type.Object({
    number: Type.String(),
    status: Type.Enum([...caseStatuses]),
    subjectName: Text,
    division: DivisionCode,
    divisionName: Type.String(),
    applicantName: Type.String(),
    channel: Type.String(),
    submittedAt: Instant,
    answerDue: Day,
    closedAt: nullable(Instant),
  }),
);
export const BranchRow = named(
  'BranchRow',
  'A branch in an inbox',
  Type.Object({
    number: Type.String(),
    item: Type.String(),
    status: Type.Enum([...branchStatuses]),
    itemName: Text,
    subjectName: Text,
    divisionName: Type.String(),
    applicantName: Type.String(),
    promisedDays: Type.Integer(),
    statutoryDays: Type.Integer(),
    openedAt: nullable(Instant),
    promisedDue: nullable(Day),
    statutoryDue: nullable(Day),
    provisional: Type.Boolean(),
    claimedBy: nullable(Type.String()),
    claimedName: nullable(Type.String()),
    decidedAt: nullable(Instant),
    usedDays: nullable(Type.Integer()),
    issueDue: nullable(Day),
  }),
);
