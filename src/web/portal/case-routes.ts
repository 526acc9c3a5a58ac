import type { FastifyRequest } from 'fastify';
import { allowedNow, type CaseFile } from '../../cases/door.ts';
import type { PersonActor } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { formOf, paramOf, queryOf } from '../forms.ts';
import { offsetOf, pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { CasePage } from './case.tsx';
import { MyCasesPage, type MyList, type MyLists, pageNames } from './my-cases.tsx';
import { agencyName } from './place.ts';
import { SubmittedPage } from './submitted.tsx';
import { namedDrafts, unasked } from './under-way.ts';
import { WithdrawPage } from './withdraw.tsx';

/** Cases as their applicant sees them. */
export function registerCases(app: Http, site: Site): void {
  const { house } = site;

  app.get('/cases', async (request, reply) => {
    const view = site.view(request);
    if (view.actor.kind === 'guest') throw new Problem('sign-in-required');
    if (view.actor.kind === 'staff') return reply.redirect('/desk', 303);
    return site.page(request, reply, MyCasesPage({ view, mine: await myLists(site, request, view.actor) }));
  });

  app.get('/cases/:number', async (request, reply) => {
    if (site.session(request)?.actor.kind === 'staff')
      return reply.redirect(`/desk/cases/${encodeURIComponent(paramOf(request, 'number'))}`, 303);
    const file = await ownCase(site, request);
    const view = site.view(request);
    const rated = file.state.status === 'closed' ? await house.rating.of(view.actor, file.plan.number) : undefined;
    const mayRate = rated !== undefined && rated.closedAt !== null && rated.rating === null;
    return site.page(request, reply, CasePage({ view, file, house, counter: counterOf(site, request, file), mayRate }));
  });

  app.get('/cases/:number/submitted', async (request, reply) => {
    const file = await ownCase(site, request);
    const view = site.view(request);
    return site.page(request, reply, SubmittedPage({ view, theCase: file, counter: counterOf(site, request, file) }));
  });

  app.get('/cases/:number/withdraw', async (request, reply) => {
    const file = await ownCase(site, request);
    if (!allowedNow(file).includes('withdraw')) return reply.redirect(`/cases/${file.plan.number}`, 303);
    return site.page(
      request,
      reply,
      WithdrawPage({ view: site.view(request), theCase: file, command: house.ids.token() }),
    );
  });

  app.post('/cases/:number/withdraw', async (request, reply) => {
    const file = await ownCase(site, request);
    const { command = '', version } = formOf(request);
    const { number } = file.plan;
    const at = house.clock().toISOString();
    const { actor } = site.view(request);
    await house.cases.act({
      actor,
      number,
      command: { type: 'withdraw' },
      commandId: command || house.ids.token(),
      seenVersion: seen(version),
      at,
    });
    return reply.redirect(`/cases/${number}`, 303);
  });
}

/** The first page of each list; of one that the address asks for a page of, that page and nothing else. */
async function myLists({ house }: Site, request: FastifyRequest, actor: PersonActor): Promise<MyLists> {
  const query = queryOf(request);
  const only = (Object.keys(pageNames) as MyList[]).find((list) => query[pageNames[list]] !== undefined);
  const at = only ? pageOf(request, pageNames[only]) : 1;
  const shows = (list: MyList) => only === undefined || only === list;
  const [drafts, ratings, cases] = await Promise.all([
    shows('drafts') ? namedDrafts(house, actor, offsetOf(at)) : unasked,
    shows('ratings') ? house.rating.invitations(actor, offsetOf(at)) : unasked,
    shows('cases') ? house.cases.lists.own(actor, offsetOf(at)) : unasked,
  ]);
  return { only, at, drafts, ratings, cases };
}

/** The case of the address, for its applicant; staff have their own pages. */
export async function ownCase(site: Site, request: FastifyRequest): Promise<CaseFile> {
  const { actor } = site.view(request);
  const file = await site.house.cases.read(actor, paramOf(request, 'number'));
  if (actor.kind !== 'person') throw new Problem('not-allowed');
  return file;
}

/** What the counter that receives a case is called. */
export function counterOf(site: Site, request: FastifyRequest, { plan }: Pick<CaseFile, 'plan'>): string {
  return agencyName(site, 'township-centre', plan.division, site.view(request).lang);
}

/** The version of the case the page was made from; a page without one has not seen anything particular. */
export function seen(version: string | undefined): number | undefined {
  return version && /^\d{1,9}$/.test(version) ? Number(version) : undefined;
}
