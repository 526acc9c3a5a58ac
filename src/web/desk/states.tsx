import type { BranchStatus, CaseRow, CaseState } from '../../cases/door.ts';
import { type Stand, standOf } from '../case-stand.ts';
import { Tag, type Tone } from '../components/tag/tag.tsx';
import type { View } from '../view.ts';

const caseTones: Record<Stand, { tone: Tone; icon?: string }> = {
  submitted: { tone: 'plain', icon: 'inbox' },
  returned: { tone: 'warn' },
  accepted: { tone: 'working' },
  'not-accepted': { tone: 'bad' },
  withdrawn: { tone: 'plain', icon: 'undo-2' },
  closed: { tone: 'plain' },
  granted: { tone: 'good' },
  'partly-granted': { tone: 'warn', icon: 'circle-alert' },
  refused: { tone: 'bad' },
};
const branchTones: Record<BranchStatus, { tone: Tone; icon?: string }> = {
  waiting: { tone: 'plain', icon: 'circle-dashed' },
  open: { tone: 'plain', icon: 'inbox' },
  claimed: { tone: 'working' },
  'to-issue': { tone: 'working', icon: 'stamp' },
  granted: { tone: 'good' },
  refused: { tone: 'bad' },
  stopped: { tone: 'plain', icon: 'ban' },
};

/** How a case stands, in one word. */
export function CaseTag({ view, of }: { view: View; of: Pick<CaseRow, 'status' | 'outcome'> }) {
  const stand = standOf(of);
  return <Tag {...caseTones[stand]}>{view.say(`desk.status.${stand}`)}</Tag>;
}

/** How one item of a case stands, in one word; before the case is accepted none has begun, and without that none ever does. */
export function BranchTag({ view, status, of }: { view: View; status: BranchStatus; of?: CaseState }) {
  const begun = !of || of.acceptedAt !== undefined;
  const shown = begun ? status : of.closedAt ? 'stopped' : 'waiting';
  const word = begun ? status : of.closedAt ? 'never' : 'notYet';
  return <Tag {...branchTones[shown]}>{view.say(`desk.branchStatus.${word}`)}</Tag>;
}
