import type { FeedEvent } from '../cases/door.ts';
import type { Closing, NewInvitation } from './store.ts';

/**
 * What events of cases mean for invitations: a submitted case is noted with its applicant, a closed one may be rated.
 * Cases that are not accepted or are withdrawn end without a decision and are not asked about. Pure.
 */
export function invitationsFrom(events: FeedEvent[]): { submitted: NewInvitation[]; closed: Closing[] } {
  const submitted: NewInvitation[] = [];
  const closed: Closing[] = [];
  for (const { region, number, event } of events) {
    if (event.type === 'closed') closed.push({ region, number, at: event.at });
    if (event.type !== 'submitted') continue;
    const { applicant, division, branches, subject } = event.plan;
    const agencies = [...new Set(branches.map(({ agency }) => agency))];
    const parts = branches.map(({ agency, item }) => ({ agency, item }));
    submitted.push({ region, number, person: applicant.id, division, agencies, parts, subject: subject.name });
  }
  return { submitted, closed };
}
