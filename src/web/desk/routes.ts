import type { FastifyRequest } from 'fastify';
import type { InboxView } from '../../cases/door.ts';
import { assertLists } from '../../identity/door.ts';
import type { Http } from '../../platform/door.ts';
import { formOf, queryOf } from '../forms.ts';
import { offsetOf, pageOf, pagePosted } from '../paging.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';
import { registerCase } from './case-routes.ts';
import { registerCorrect } from './correct-routes.ts';
import { registerCounter } from './counter-routes.ts';
import { bareDesk, inboxDays, mayWatch, openDesk, worksCounter, worksInbox } from './desk.ts';
import { inboxViewsOf } from './desk-page.tsx';
import { DeskHome } from './home.tsx';
import { InboxPage } from './inbox.tsx';
import { QueuePage } from './queue.tsx';
import { RecentPage } from './recent.tsx';
import { registerDeskRequests } from './request-routes.ts';
import { SearchPage } from './search.tsx';
import { takeNext } from './take-next.ts';

/** All pages of clerks and approvers. */
export function registerDesk(app: Http, site: Site): void {
  registerHome(app, site);
  registerQueue(app, site);
  registerInbox(app, site);
  registerSearch(app, site);
  registerCase(app, site);
  registerCorrect(app, site);
  registerCounter(app, site);
  registerDeskRequests(app, site);
}

/** The desk opens where this person's work waits. */
function registerHome(app: Http, site: Site): void {
  app.get('/desk', async (request, reply) => {
    const { actor } = bareDesk(site, request);
    if (worksCounter(actor)) return reply.redirect('/desk/queue', 303);
    if (worksInbox(actor)) return reply.redirect('/desk/inbox', 303);
    if (mayWatch(actor)) return reply.redirect('/watch', 303);
    return site.page(request, reply, DeskHome({ desk: await openDesk(site, request) }));
  });
}

function registerQueue(app: Http, site: Site): void {
  const { lists } = site.house.cases;
  app.get('/desk/queue', async (request, reply) => {
    const bare = bareDesk(site, request);
    assertLists(bare.actor, 'queue.list');
    const at = pageOf(request);
    const { rows, more, counts } = await lists.counter(bare.actor, inboxDays(bare), offsetOf(at));
    const desk = { ...bare, counts };
    return site.page(request, reply, QueuePage({ desk, rows, more, at, done: queryOf(request).done }));
  });
  app.get('/desk/queue/next', async (request, reply) => {
    const { actor } = bareDesk(site, request);
    assertLists(actor, 'queue.list');
    const [first] = (await lists.queue(actor)).rows;
    return reply.redirect(first ? `/desk/cases/${first.number}` : '/desk/queue?done=empty', 303);
  });
  app.get('/desk/recent', async (request, reply) => {
    const desk = await openDesk(site, request);
    assertLists(desk.actor, 'queue.list');
    const at = pageOf(request);
    return site.page(request, reply, RecentPage({ desk, at, found: await lists.recent(desk.actor, offsetOf(at)) }));
  });
}

function registerInbox(app: Http, site: Site): void {
  const { cases } = site.house;
  app.get('/desk/inbox', async (request, reply) => {
    const bare = bareDesk(site, request);
    assertLists(bare.actor, 'branch.list');
    const query = queryOf(request);
    const views = inboxViewsOf(bare.actor);
    const inbox: InboxView = views.find((view) => view === query.view) ?? (views.includes('todo') ? 'todo' : 'issue');
    const at = pageOf(request);
    const { rows, more, counts } = await cases.lists.inbox(bare.actor, inbox, inboxDays(bare), offsetOf(at));
    const desk = { ...bare, counts };
    return site.page(request, reply, InboxPage({ desk, inbox, rows, more, at, done: query.done }));
  });

  // Takes the most urgent branch that is nobody's, or opens one that is already this person's.
  app.post('/desk/next', async (request, reply) => {
    const { actor, view } = bareDesk(site, request);
    const taken = await takeNext(site.house, actor, view.now.toISOString());
    if (taken) {
      const page = `/desk/cases/${taken.number}?item=${encodeURIComponent(taken.item)}`;
      return reply.redirect(taken.claimed ? `${page}&done=claimed` : page, 303);
    }
    return reply.redirect('/desk/inbox?done=empty', 303);
  });
}

function registerSearch(app: Http, site: Site): void {
  const open = async (request: FastifyRequest) => {
    const desk = await openDesk(site, request);
    assertLists(desk.actor, 'case.search');
    return desk;
  };
  app.get('/desk/search', async (request, reply) => {
    return site.page(request, reply, SearchPage({ desk: await open(request) }));
  });
  app.post('/desk/search', async (request, reply) => {
    const desk = await open(request);
    const typed = (formOf(request).q ?? '').slice(0, 100);
    if (typed.trim() === '') return site.page(request, reply, SearchPage({ desk, missing: true }), 422);
    const at = pagePosted(request);
    const found = await site.house.cases.lists.search(desk.actor, typed, offsetOf(at));
    const detail = { found: found.rows.length };
    await record(site.house, request, { kind: 'reading', what: 'case.search', outcome: 'done', detail });
    return site.page(request, reply, SearchPage({ desk, typed, at, found }));
  });
}
