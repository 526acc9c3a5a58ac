import Type from 'typebox';
import { assertLists } from '../../identity/door.ts';
import { dayOf, Problem } from '../../platform/door.ts';
import { inboxDays } from '../desk/desk.ts';
import { takeNext } from '../desk/take-next.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, instant, signedIn } from './api.ts';
import { BranchRow, CaseRow } from './case-shapes.ts';
import { answer, More, Paged, PageNumber } from './shapes.ts';

const Queue = Type.Object({
  rows: Type.Array(CaseRow),
  more: More,
  count: Type.Integer({ description: 'Counted up to 99' }),
});
const views = ['todo', 'due', 'overdue', 'mine', 'done', 'issue'] as const;
const Inbox = Type.Object({
  rows: Type.Array(BranchRow),
  more: More,
  counts: Type.Record(Type.String(), Type.Integer(), { description: 'By view, each counted up to 99' }),
});

const Next = Type.Object({
  next: Type.Union([
    Type.Object({
      number: Type.String(),
      item: Type.String(),
      claimed: Type.Boolean({ description: 'Whether this request has claimed it' }),
    }),
    Type.Null(),
  ]),
});

const tags = ['desk'];

/** What waits at a counter, and what waits in an agency. */
export function registerDeskLists(api: Api, site: Site): void {
  const { house } = site;
  const days = () => inboxDays({ house, today: dayOf(house.clock()) });

  api.get('/api/v1/queue', {
    schema: {
      operationId: 'readQueue',
      summary: 'Cases that wait for the counter’s answer, the most urgent first',
      tags,
      querystring: Paged,
      response: answer(Queue),
    },
    handler: async (request) => {
      const actor = staff(site, request);
      assertLists(actor, 'queue.list');
      const found = await house.cases.lists.counter(actor, days(), offsetOf(request.query.page));
      const { rows, more, counts } = found;
      return { rows, more, count: counts.queue };
    },
  });
  api.get('/api/v1/inbox', {
    schema: {
      operationId: 'readInbox',
      summary: 'Branches of the reader’s agency: to do, due soon, overdue, claimed by me, done, to be issued',
      tags,
      querystring: Type.Object({ view: Type.Optional(Type.Enum([...views])), page: PageNumber }),
      response: answer(Inbox),
    },
    handler: async (request) => {
      const actor = staff(site, request);
      assertLists(actor, 'branch.list');
      const { view = 'todo', page } = request.query;
      const { rows, more, counts } = await house.cases.lists.inbox(actor, view, days(), offsetOf(page));
      return { rows, more, counts: { ...counts } };
    },
  });
  api.post('/api/v1/inbox/next', {
    schema: {
      operationId: 'takeNextBranch',
      summary: 'Claims the most urgent branch that is nobody’s, or names the one the reader has; none when none waits',
      tags,
      response: answer(Next),
    },
    handler: async (request) => ({ next: (await takeNext(house, staff(site, request), instant(site))) ?? null }),
  });
}

function staff(site: Site, request: Parameters<Site['session']>[0]) {
  const { actor } = signedIn(site, request);
  if (actor.kind !== 'staff') throw new Problem('not-allowed');
  return actor;
}
