import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffActor } from '../../identity/door.ts';
import type { Http } from '../../platform/door.ts';
import {
  type Form,
  flawsIn,
  formOf,
  longForm,
  paramOf,
  queryOf,
  refuseTooLong,
  shortened,
  type Wrong,
  wrongOf,
} from '../forms.ts';
import type { Site } from '../site.ts';
import { type AccountAct, AccountPage, ResetCodePage, reasonFields } from './account.tsx';
import { AccountsPage } from './accounts.tsx';
import { longest, openAdmin, openFresh } from './admin.ts';
import { momentOf } from './people-routes.ts';
import { staffAsked } from './staff-found.tsx';

const manages = 'account.manage';

/** Switches an account off, and gives back what it was at work on. */
export async function switchOff(
  site: Site,
  request: FastifyRequest,
  actor: StaffActor,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const { identity, cases } = site.house;
  const moment = momentOf(site, request);
  await identity.accounts.switchOff(actor, id, reason, moment);
  const system = { kind: 'system', id: 'system', region: actor.region } as const;
  await cases.giveBack(system, [id], moment.at.toISOString());
}

/** Accounts of staff: the system administrator switches them off and on, and takes away a second step that was lost. */
export function registerAccounts(app: Http, site: Site): void {
  const { identity, clock } = site.house;
  const { accounts } = identity;

  app.get('/admin/accounts', list);
  app.post('/admin/accounts', list);
  app.get('/admin/accounts/:id', async (request, reply) => {
    openFresh(site, request, manages);
    return show(request, reply);
  });
  app.post('/admin/accounts/:id/off', longForm, async (request, reply) =>
    attempt(request, reply, 'off', (actor, id, reason) => switchOff(site, request, actor, { id, reason })),
  );
  app.post('/admin/accounts/:id/on', longForm, async (request, reply) =>
    attempt(request, reply, 'on', (actor, id, reason) => accounts.switchOn(actor, id, reason, momentOf(site, request))),
  );
  app.post('/admin/accounts/:id/second', longForm, async (request, reply) =>
    attempt(
      request,
      reply,
      'second',
      (actor, id, reason) => accounts.resetSecond(actor, id, reason, momentOf(site, request)),
      // In the answer itself and never in an address: it is shown this once.
      (id, code) => site.page(request, reply, ResetCodePage({ view: site.view(request), id, code })),
    ),
  );

  async function list(request: FastifyRequest, reply: FastifyReply) {
    const { view, actor } = openAdmin(site, request, manages);
    const asked = staffAsked(request);
    const found = await accounts.list(actor, clock(), asked);
    return site.page(request, reply, AccountsPage({ view, asked, found, agencies: identity.agencies }));
  }

  /** A missing reason comes back on the page, beside its own field. Without an answer of its own what was done is told on the page of the account. */
  async function attempt<Made>(
    request: FastifyRequest,
    reply: FastifyReply,
    act: AccountAct,
    work: (actor: StaffActor, id: string, reason: string) => Promise<Made>,
    answer: (id: string, made: Made) => FastifyReply = (id) =>
      reply.redirect(`/admin/accounts/${encodeURIComponent(id)}?done=${act}`, 303),
  ) {
    const { view, actor } = openFresh(site, request, manages);
    const [id, field] = [paramOf(request, 'id'), reasonFields[act]];
    const typed = formOf(request);
    let made: Made;
    try {
      refuseTooLong(longest, typed);
      made = await work(actor, id, typed[field] ?? '');
    } catch (error) {
      const fields = flawsIn(error).map((one) => ({ ...one, field }));
      return show(request, reply, wrongOf(view, fields), shortened(typed).typed);
    }
    return answer(id, made);
  }

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const { view, actor } = openAdmin(site, request, manages);
    const account = await accounts.get(actor, paramOf(request, 'id'), clock());
    const agency = identity.agencies.get(account.agency)?.name[view.lang] ?? account.agency;
    const page = AccountPage({ view, account, agency, wrong, typed, done: queryOf(request).done });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
