import { can, type Doer, sightFor } from '../identity/door.ts';
import { type Db, Problem } from '../platform/door.ts';
import { caseResource } from './act.ts';
import { isCaseNumber, tidyNumber } from './number.ts';
import type { Sealing } from './sealing.ts';
import { type CaseFile, readCase } from './store.ts';

/** Reading one whole case. Somebody who may not see it is told the same as if it did not exist. */
export function openReading(db: Db, sealing: Sealing) {
  return {
    /** Everything a case page shows. */
    async read(actor: Doer, typed: string): Promise<CaseFile> {
      if (actor.kind === 'guest') throw new Problem('sign-in-required');
      const number = tidyNumber(typed);
      const found = isCaseNumber(number)
        ? await readCase(db.seenBy(sightFor(actor)), { region: number.slice(0, 6), number })
        : undefined;
      if (!found || !can(actor, 'case.read', caseResource(found))) throw new Problem('case-not-found');
      const { parts, ...stored } = found;
      return forReader(actor, await sealing.open(stored, parts));
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
