import type { Case, CaseEvent } from './case.ts';

/**
 * What the rows of a case say, by column, when they say what its events do: they repeat the plan and the state, so that
 * lists need not fold anything. Pure.
 */
export type Columns = Record<string, unknown>;

/** All of the row but the plan, which is pinned and needs no folding. */
export function caseColumns({ plan, state }: Case): Columns {
  const { region, number, division, applicant, channel, subject } = plan;
  return {
    ...{ region, number, division, channel, state },
    version: state.version,
    status: state.status,
    subject_kind: subject.kind,
    subject_id: subject.id,
    subject_name: subject.name,
    division_name: plan.divisionName,
    applicant: applicant.id,
    applicant_name: applicant.name,
    submitted_at: state.submittedAt,
    answer_due: state.answerDue,
    closed_at: state.closedAt,
  };
}

/** The rows of the branches, in the order of their items. */
export function branchColumns({ plan, state }: Case): Columns[] {
  const { region, number } = plan;
  const rows = plan.branches.map(({ item, agency, division, name, promisedDays, statutoryDays }) => {
    const branch = state.branches[item];
    return {
      ...{ region, number, item, agency, division },
      status: branch?.status,
      applicant_name: plan.applicant.name,
      subject_name: plan.subject.name,
      item_name: name,
      division_name: plan.divisionName,
      promised_days: promisedDays,
      statutory_days: statutoryDays,
      opened_at: branch?.openedAt,
      promised_due: branch?.promisedDue,
      statutory_due: branch?.statutoryDue,
      provisional: branch?.provisional ?? false,
      claimed_by: branch?.claimedBy?.id,
      claimed_name: branch?.claimedBy?.name,
      decided_at: branch?.decidedAt,
      used_days: branch?.usedDays,
      issue_due: branch?.issueDue,
    };
  });
  return rows.sort((a, b) => (a.item < b.item ? -1 : 1));
}

/** What was handed in last, without what is sealed of it. */
export function dossierColumns({ plan: { region, number } }: Case, events: CaseEvent[]): Columns {
  const last = events.findLast((event) => event.type === 'submitted' || event.type === 'resubmitted');
  return last && 'answers' in last ? { region, number, answers: last.answers, materials: last.materials } : {};
}
