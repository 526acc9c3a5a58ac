import { can, type Doer, sightFor } from '../identity/door.ts';
import { type Db, Problem } from '../platform/door.ts';
import { caseResource } from './act.ts';
import type { CaseEvent } from './case.ts';
import { isCaseNumber, tidyNumber } from './number.ts';
import type { Sealing } from './sealing.ts';
import { type CaseFile, readCase, type StoredCase } from './store.ts';

/** An act as the log has hashed it; `opened` is what its commitment (`sealed`) is of, in base64. */
export type LoggedAct = { seq: number; act: CaseEvent; opened?: string };

/** Reading one whole case. Somebody who may not see it is told the same as if it did not exist. */
export function openReading(db: Db, sealing: Sealing) {
  const readStored = async (actor: Doer, typed: string): Promise<StoredCase> => {
    if (actor.kind === 'guest') throw new Problem('sign-in-required');
    const number = tidyNumber(typed);
    const found = isCaseNumber(number)
      ? await readCase(db.seenBy(sightFor(actor)), { region: number.slice(0, 6), number })
      : undefined;
    if (!found || !can(actor, 'case.read', caseResource(found))) throw new Problem('case-not-found');
    return found;
  };
  const whole = async (actor: Doer, typed: string): Promise<CaseFile> => {
    const { parts, ...stored } = await readStored(actor, typed);
    return sealing.open(stored, parts);
  };
  return {
    /** The same as `read`, with what this reader is not shown: for whoever puts something beside it. */
    whole,
    /** Everything a case page shows. */
    read: async (actor: Doer, typed: string): Promise<CaseFile> => forReader(actor, await whole(actor, typed)),
    /**
     * The acts of a case as the log has hashed them, to go with its proof: all of them and what is sealed for whoever it
     * is about; for others what offices did, without answers and without results.
     */
    async loggedActs(actor: Doer, typed: string): Promise<LoggedAct[]> {
      const { plan, events, parts } = await readStored(actor, typed);
      const acts = events.map((act, at) => ({ seq: at + 1, act }));
      if (actor.kind !== 'person')
        return acts.filter(({ act }) => !('answers' in act) && act.by.id !== plan.applicant.id);
      const opened = await sealing.opened(plan, parts);
      return acts.map((one) => ({ ...one, opened: opened.get(one.seq) }));
    },
  };
}

/** Staff do not read what consent was taken back for; the applicant still does. */
function forReader(actor: Doer, file: CaseFile): CaseFile {
  const { withdrawn } = file;
  if (actor.kind === 'person' || !withdrawn) return file;
  const kept = Object.entries(file.answers).filter(([id]) => !withdrawn.includes(id));
  return { ...file, answers: Object.fromEntries(kept) };
}
