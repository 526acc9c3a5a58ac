import type { Answers } from '../elements/door.ts';
import { type Actor, assertCan } from '../identity/door.ts';
import { dayOf, Problem, type Text } from '../platform/door.ts';
import { type ActRequest, caseResource } from './act.ts';
import type { Case, CaseMaterial, Channel } from './case.ts';
import type { Files } from './files.ts';
import { pinnedIn, prepare, type Sources } from './prepare.ts';
import type { CaseFile } from './store.ts';

/** What a returned case is handed in with again. */
export type CorrectionRequest = Omit<ActRequest, 'actor' | 'command'> & {
  actor: Actor;
  /** Those that change; all others stay as they were. An empty text takes an answer back. */
  answers: Answers;
  /** Materials that were brought on paper, which only a counter takes. */
  papers?: string[];
  /** What to call a paper that was asked for and is none of the item's own materials. */
  otherName: Text;
  channel: Channel;
  /** Version of the words consented to, where an answer is new and needs it. */
  consent?: string;
};

/** Something that was asked for and is none of the item's own materials. */
export const otherPaper = 'other_paper';

type Needs = Sources & {
  /** The case with what this reader is not shown, which stays as it was. */
  read: (actor: Actor, number: string) => Promise<CaseFile>;
  files: Pick<Files, 'ofDraft'>;
  act: (request: ActRequest) => Promise<Case>;
};

/**
 * Hands a returned case in again: new answers over the old, new files and papers in the place of the old, checked as one
 * application on the versions the case runs on. Throws `NotComplete` with everything that is wrong, all at once.
 */
export function openCorrecting(needs: Needs): (request: CorrectionRequest) => Promise<Case> {
  const { read, files, act } = needs;
  return async ({ answers: changed, papers = [], otherName, channel, consent, ...request }) => {
    const { actor, at } = request;
    if (actor.kind !== 'staff' && papers.length > 0)
      throw new Problem('form-invalid', {}, [{ field: 'papers', code: 'material-unknown' }]);
    const { plan, answers: before, materials: brought, withdrawn } = await read(actor, request.number);
    // What is wrong with an application says something of it: only to whoever may hand it in.
    assertCan(actor, 'case.resubmit', caseResource({ plan }));
    // A case has no draft any more: what comes later is kept under its number.
    const uploaded = await files.ofDraft(actor, plan.number);
    const fresh: Record<string, string> = {
      ...Object.fromEntries(uploaded.map(({ material, id }) => [material, id])),
      ...Object.fromEntries(papers.map((material) => [material, 'paper'])),
    };
    const { number, division, subject, situation, applicant } = plan;
    const application = {
      ...{ draft: number, division, subject, situation, applicant, channel },
      ...pinnedIn(plan),
      answers: { ...before, ...(actor.kind === 'person' ? changed : without(changed, withdrawn)) },
      materials: {
        ...Object.fromEntries(brought.map(({ material, file }) => [material, file ?? 'paper'])),
        ...fresh,
      },
    };
    const { answers, materials } = prepare(needs, application, dayOf(at));
    const other = fresh[otherPaper] ?? earlier(brought);
    const also = other ? [asked(other, otherName)] : [];
    return act({
      ...request,
      command: { type: 'resubmit', answers, materials: [...materials, ...also], channel, consent },
    });
  };
}

/** Nobody but the applicant changes, or takes away, what consent was taken back for. */
function without(answers: Answers, withdrawn: string[] | null): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !withdrawn?.includes(id)));
}

/** The paper outside the list that came with an earlier correction. */
function earlier(brought: CaseMaterial[]): string | undefined {
  const found = brought.find(({ material }) => material === otherPaper);
  return found && (found.file ?? 'paper');
}

function asked(given: string, name: Text): CaseMaterial {
  const base = { material: otherPaper, name };
  return given === 'paper' ? { ...base, state: 'paper' } : { ...base, state: 'uploaded', file: given };
}
