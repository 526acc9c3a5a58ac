import type { FastifyRequest } from 'fastify';
import { type CaseFile, type Sight, sightOf } from '../../cases/door.ts';
import type { StaffActor } from '../../identity/door.ts';
import { type FieldProblem, Problem } from '../../platform/door.ts';
import { type Form, longerThan } from '../forms.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';

/**
 * What a look at a case leaves in the trail, and why somebody may see all of it. One's own open work is a reason by
 * itself; for anything else the reader gives one, which is kept and holds for that page, and for its papers a while.
 */
export const reasonCodes = ['check', 'contact', 'question', 'supervision', 'mistake', 'other'] as const;
export type ReasonCode = (typeof reasonCodes)[number];
/** A reason of this kind needs words. */
const needsWords = 'other';
export const longestWords = 200;

/** For so long after saying why, the papers of the case open, in minutes. */
export const openFor = 15;

/** The reason a form gives, as the trail keeps it; what is wrong with it otherwise. */
export function toldOf(form: Form): { told: string } | FieldProblem {
  const code = reasonCodes.find((one) => one === form.why);
  if (!code) return { field: 'why', code: 'reveal-why' };
  const [tooLong] = longerThan({ words: longestWords }, form);
  if (tooLong) return tooLong;
  const words = (form.words ?? '').trim();
  if (code === needsWords && [...words].length < 2) return { field: 'words', code: 'reveal-words' };
  return { told: words ? `${code}: ${words}` : code };
}

export type Look = { what: 'case.read' | 'case.print' | 'case.read-in-full' | 'case.read-by-api'; told?: string };

/** Notes that a case was read, before it is shown; throws when that cannot be written. */
export async function recordReading(
  { house }: Site,
  request: FastifyRequest,
  file: CaseFile,
  sight: Sight,
  { what, told }: Look,
): Promise<void> {
  const { region, number, applicant } = file.plan;
  await record(house, request, {
    ...{ kind: what === 'case.print' ? 'export' : 'reading', what, outcome: 'done' },
    ...{ region, about: number, whose: applicant.id },
    reason: told ?? sight.reason,
    detail: { shown: told || sight.reason ? 'full' : 'masked' },
  });
}

/** Lets staff open a paper of a case when they have a reason, and notes that they did; throws `reveal-first` otherwise. */
export async function openPaper(
  site: Site,
  request: FastifyRequest,
  actor: StaffActor,
  file: CaseFile,
  material: string,
): Promise<void> {
  const { house } = site;
  const sight = sightOf(actor, file);
  if (!(await mayOpenPapers(site, actor.id, file, sight))) throw new Problem('reveal-first');
  const { region, number, applicant } = file.plan;
  await record(house, request, {
    ...{ kind: 'reading', what: 'file.read', outcome: 'done', region, about: number, whose: applicant.id },
    ...{ reason: sight.reason ?? 'told', detail: { material } },
  });
}

/** Whether somebody may open the papers of a case now: at work on it, or having said a while ago why. */
export async function mayOpenPapers({ house }: Site, reader: string, file: CaseFile, sight: Sight): Promise<boolean> {
  if (!sight.files) return false;
  if (sight.reason) return true;
  const { region, number } = file.plan;
  const since = new Date(house.clock().getTime() - openFor * 60_000);
  return house.trail.hasTold(region, reader, number, since);
}
