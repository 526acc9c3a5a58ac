import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffActor } from '../../identity/door.ts';
import { doOnce, type Http } from '../../platform/door.ts';
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
import { onceOfForm } from '../once.ts';
import type { Site } from '../site.ts';
import { type AccountAct, AccountPage, reasonFields } from './account.tsx';
import { AccountsPage } from './accounts.tsx';
import { longest, openAdmin, openFresh } from './admin.ts';
import { choicesOf, momentOf } from './people-routes.ts';
import { staffAsked } from './staff-found.tsx';
import { AddAccountPage, type CodeFor, CodePage } from './start-code.tsx';

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

/** Accounts of staff: the system administrator makes them, switches them off and on, and helps who has lost password or second step. */
export function registerAccounts(app: Http, site: Site): void {
  const { identity, clock } = site.house;
  const { accounts, starts } = identity;

  app.get('/admin/accounts', list);
  app.post('/admin/accounts', list);
  app.get('/admin/accounts/add', async (request, reply) => showAdd(request, reply));
  app.post('/admin/accounts/add', longForm, async (request, reply) => {
    const { actor } = openFresh(site, request, manages);
    const { login = '', name = '', agency = '', division = '' } = formOf(request);
    const once = onceOfForm(site, request);
    const moment = momentOf(site, request, once);
    try {
      refuseTooLong(longest, formOf(request));
      const add = async () => (await starts.add(actor, { login, name, agency, division }, moment)).id;
      const id = await doOnce(site.house.db, once, add);
      return showCode(request, reply, 'new', id, starts.codeOf(once));
    } catch (error) {
      return showAdd(request, reply, wrongOf(site.view(request), flawsIn(error)), shortened(formOf(request)).typed);
    }
  });
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
      (id, code) => showCode(request, reply, 'second', id, code),
    ),
  );
  app.post('/admin/accounts/:id/start', longForm, async (request, reply) =>
    attempt(
      request,
      reply,
      'start',
      (actor, id, reason) => accounts.giveStart(actor, id, reason, momentOf(site, request)),
      (id, code) => showCode(request, reply, 'start', id, code),
    ),
  );

  /** In the answer itself and never in an address: it is shown this once. */
  async function showCode(request: FastifyRequest, reply: FastifyReply, what: CodeFor, id: string, code: string) {
    const { view, actor } = openAdmin(site, request, manages);
    const account = await accounts.get(actor, id, clock());
    const address = `${site.house.config.origin ?? ''}/sign-in/start`;
    return site.page(request, reply, CodePage({ view, account, code, what, address }));
  }

  async function showAdd(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const { view, actor } = openFresh(site, request, manages);
    const page = AddAccountPage({ view, choices: choicesOf(site, actor, view), wrong, typed });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }

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
    answer: (id: string, made: Made) => FastifyReply | Promise<FastifyReply> = (id) =>
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
