import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '../../platform/door.ts';
import {
  type Form,
  flawsIn,
  formOf,
  listOf,
  longForm,
  paramOf,
  queryOf,
  refuseTooLong,
  shortened,
  type Wrong,
  wrongOf,
} from '../forms.ts';
import { formOnce } from '../once.ts';
import { offsetOf, pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { longest, openAdmin, openFresh } from './admin.ts';
import { ClientPage } from './client.tsx';
import { ClientsPage, EnrolClientPage } from './clients.tsx';
import { choicesOf, momentOf } from './people-routes.ts';

const enrols = 'client.enrol';

/** Other systems: the security administrator enrols them, changes their keys and revokes them. */
export function registerClients(app: Http, site: Site): void {
  const { clients } = site.house.identity;

  app.get('/admin/clients', async (request, reply) => {
    const { view, actor } = openAdmin(site, request, enrols);
    const page = pageOf(request);
    const found = await clients.list(actor, offsetOf(page));
    return site.page(request, reply, ClientsPage({ view, page, found, done: queryOf(request).done }));
  });
  app.get('/admin/clients/enrol', async (request, reply) => enrolForm(request, reply));
  app.post('/admin/clients/enrol', longForm, async (request, reply) => {
    const { actor } = openFresh(site, request, enrols);
    const { name = '', division = '', agency = '', until = '', keys = '', reason = '' } = formOf(request);
    const scopes = listOf(request, 'scopes');
    const given = { name, scopes, division, agency, until: until.trim(), keys, reason };
    try {
      refuseTooLong(longest, formOf(request));
      await formOnce(site, request, (once) => clients.enrol(actor, given, momentOf(site, request, once)));
    } catch (error) {
      return enrolForm(request, reply, wrongFrom(request, error), shortened(formOf(request)).typed, scopes);
    }
    return reply.redirect('/admin/clients?done=enrolled', 303);
  });
  app.get('/admin/clients/:id', async (request, reply) => show(request, reply));
  app.post('/admin/clients/:id/keys', longForm, async (request, reply) => {
    const { actor } = openFresh(site, request, enrols);
    const { keys = '', reason = '' } = formOf(request);
    const id = paramOf(request, 'id');
    return attempt(request, reply, 'keys', () =>
      clients.changeKeys(actor, id, { keys, reason }, momentOf(site, request)),
    );
  });
  app.post('/admin/clients/:id/revoke', longForm, async (request, reply) => {
    const { actor } = openFresh(site, request, enrols);
    const { why = '' } = formOf(request);
    const id = paramOf(request, 'id');
    return attempt(request, reply, 'revoked', () => clients.revoke(actor, id, why, momentOf(site, request)));
  });

  async function attempt(request: FastifyRequest, reply: FastifyReply, done: string, act: () => Promise<void>) {
    try {
      refuseTooLong(longest, formOf(request));
      await act();
    } catch (error) {
      return show(request, reply, wrongFrom(request, error), shortened(formOf(request)).typed);
    }
    return reply.redirect(`/admin/clients/${encodeURIComponent(paramOf(request, 'id'))}?done=${done}`, 303);
  }

  function wrongFrom(request: FastifyRequest, error: unknown): Wrong {
    return wrongOf(site.view(request), flawsIn(error));
  }

  function enrolForm(
    request: FastifyRequest,
    reply: FastifyReply,
    wrong: Wrong = {},
    typed: Form = {},
    scopes: string[] = [],
  ) {
    const { view, actor } = openFresh(site, request, enrols);
    const choices = choicesOf(site, actor, view);
    const page = EnrolClientPage({ view, choices, wrong, typed, scopes });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const { view, actor } = openFresh(site, request, enrols);
    const client = await clients.get(actor, paramOf(request, 'id'));
    const { divisions, agencies } = site.house.identity;
    const place = view.placeName((await divisions.find(client.division))?.name ?? client.division);
    const agency = client.agency && (agencies.get(client.agency)?.name[view.lang] ?? client.agency);
    const where = [place, agency].filter(Boolean).join(' · ');
    const page = ClientPage({ view, client, where, wrong, typed, done: queryOf(request).done });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
