import { isCaseNumber, tidyNumber } from '../../cases/door.ts';
import { realDay } from '../../elements/door.ts';
import type { TrailFilter, TrailKind, TrailOutcome, TrailRow } from '../../ledger/door.ts';
import { dayEnd, dayStart, type FieldProblem } from '../../platform/door.ts';
import type { Form } from '../forms.ts';

/** What the audit administrator asks the trail. Everything is posted: whose data they look for stands in no address. */
export const trailKinds: TrailKind[] = ['sign-in', 'sign-out', 'act', 'reading', 'export', 'power', 'alarm'];
export const outcomes: TrailOutcome[] = ['done', 'refused', 'failed'];

/** Rows of a page, and of a file at most. */
export const rowsOfPage = 50;
export const rowsOfFile = 20_000;

export type Asked = { filter: Omit<TrailFilter, 'region'>; wrong: FieldProblem[] };

/** Who or what is looked for: a case number, somebody's id card, or an id. The rooms resolve the first two. */
export type Sought = { number: string } | { idCard: string } | { id: string } | undefined;

/** Reads the form but for who is looked for by name or id card, which only the rooms know. */
export function askedOf(form: Form): Asked {
  const wrong: FieldProblem[] = [];
  const from = dayIn(form, 'from', wrong);
  const to = dayIn(form, 'to', wrong);
  if (from && to && from > to) wrong.push({ field: 'to', code: 'trail-days' });
  const filter: Asked['filter'] = {
    kind: trailKinds.find((kind) => kind === form.kind),
    what: (form.what ?? '').trim().slice(0, 60) || undefined,
    outcome: outcomes.find((outcome) => outcome === form.outcome),
    from: from === undefined ? undefined : dayStart(from),
    until: to === undefined ? undefined : dayEnd(to),
    before: cursorOf(form.before),
  };
  return { filter, wrong };
}

/** What was typed into the field of who it was about. */
export function soughtOf(typed = ''): Sought {
  const plain = typed.replace(/\s/g, '').slice(0, 60);
  if (plain === '') return undefined;
  const number = tidyNumber(plain);
  if (isCaseNumber(number)) return { number };
  return /^\d{17}[\dXx]$/.test(plain) ? { idCard: plain.toUpperCase() } : { id: plain };
}

/** Where the next page begins, as a hidden field carries it. */
export const cursorText = ({ at, id }: Pick<TrailRow, 'at' | 'id'>): string => `${at} ${id}`;

function cursorOf(text = ''): TrailFilter['before'] {
  const [at = '', id = ''] = text.split(' ');
  return /^\d{4}-[\d:T.-]+Z$/.test(at) && !Number.isNaN(Date.parse(at)) && id ? { at, id } : undefined;
}

/** A day that was typed and exists; nothing when none was. */
function dayIn(form: Form, field: 'from' | 'to', wrong: FieldProblem[]): string | undefined {
  const typed = (form[field] ?? '').trim();
  if (typed === '') return undefined;
  if (realDay(typed)) return typed;
  wrong.push({ field, code: 'trail-day' });
  return undefined;
}
