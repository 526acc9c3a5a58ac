import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Subject } from '../../catalog/door.ts';
import { can } from '../../identity/door.ts';
import { type Http, type Once, Problem } from '../../platform/door.ts';
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
import { formOnce } from '../once.ts';
import { offsetOf, pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { openAdmin, openFresh } from './admin.ts';
import { CatalogPage, namingOf } from './catalog.tsx';
import { CatalogEditPage } from './catalog-edit.tsx';
import { momentOf } from './people-routes.ts';
import { ProposalPage } from './proposal.tsx';

/** The longest note of a proposal, and reason for giving one back, in characters. */
export const longest = { note: 300, reason: 300 };

/** The catalogue: one proposes a change, another one publishes it. */
export function registerCatalog(app: Http, site: Site): void {
  const { proposals, catalog, rights } = site.house;

  app.get('/admin/catalog', async (request, reply) => {
    const { view, actor } = openAdmin(site, request, 'catalog.read');
    const at = pageOf(request);
    const [newest, found] = await Promise.all([proposals.newest(actor), proposals.list(actor, offsetOf(at))]);
    const { done } = queryOf(request);
    const page = CatalogPage({ view, newest, at, proposals: found, nameOf: namingOf(view, catalog), done });
    return site.page(request, reply, page);
  });

  app.get('/admin/catalog/:kind/:id', async (request, reply) => {
    const { view, actor } = openAdmin(site, request, 'catalog.read');
    const subject = subjectOf(request);
    const { source, newest } = await proposals.begin(actor, subject, queryOf(request).from);
    const mayEdit = can(actor, 'catalog.propose', { kind: 'house' });
    const name = namingOf(view, catalog)(subject);
    return site.page(request, reply, CatalogEditPage({ view, subject, name, newest, source, mayEdit }));
  });
  app.post('/admin/catalog/:kind/:id', longForm, async (request, reply) => {
    const { view, actor } = openAdmin(site, request, 'catalog.propose');
    const subject = subjectOf(request);
    const { base = '', step } = formOf(request);
    const { note, source } = written(request);
    const judged = await proposals.judge(actor, subject, source);
    let wrong: Wrong = {};
    if (step !== 'check' && judged.content) {
      try {
        refuseTooLong(longest, { note });
        const given = { ...subject, source, base: Number(base), note };
        const propose = (once: Once) => proposals.propose(actor, given, momentOf(site, request, once));
        const id = await formOnce(site, request, propose);
        return reply.redirect(`/admin/catalog/proposals/${id}?done=proposed`, 303);
      } catch (error) {
        wrong = wrongFrom(request, error);
      }
    }
    const { newest } = await proposals.begin(actor, subject);
    const name = namingOf(view, catalog)(subject);
    const page = CatalogEditPage({ view, subject, name, newest, source, note, mayEdit: true, judged, wrong });
    return site.page(request, reply, page, judged.content && Object.keys(wrong).length === 0 ? 200 : 422);
  });

  app.get('/admin/catalog/proposals/:id', (request, reply) => show(request, reply));
  app.post('/admin/catalog/proposals/:id/publish', async (request, reply) => {
    const { actor } = openFresh(site, request, 'catalog.read');
    await proposals.publish(actor, paramOf(request, 'id'), momentOf(site, request));
    return reply.redirect('/admin/catalog?done=published', 303);
  });
  app.post('/admin/catalog/proposals/:id/return', longForm, async (request, reply) => {
    const { actor } = openFresh(site, request, 'catalog.read');
    const { reason = '' } = formOf(request);
    try {
      refuseTooLong(longest, { reason });
      await proposals.giveBack(actor, paramOf(request, 'id'), reason, momentOf(site, request));
    } catch (error) {
      return show(request, reply, wrongFrom(request, error), shortened({ reason }).typed);
    }
    return reply.redirect('/admin/catalog?done=returned', 303);
  });

  function wrongFrom(request: FastifyRequest, error: unknown): Wrong {
    return wrongOf(site.view(request), flawsIn(error));
  }

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const { view, actor } = openAdmin(site, request, 'catalog.read');
    const proposal = await proposals.get(actor, paramOf(request, 'id'));
    // Proves again who they are before they read, so that deciding comes at once.
    if (proposal.mayDecide) openFresh(site, request, 'catalog.read');
    const name = namingOf(view, catalog)({ kind: proposal.kind, id: proposal.subject });
    const mayEdit = can(actor, 'catalog.propose', { kind: 'house' });
    const unassessed = rights.unassessed([{ id: proposal.subject, elements: proposal.asks }]).length > 0;
    const page = ProposalPage({ view, proposal, name, mayEdit, unassessed, wrong, typed, done: queryOf(request).done });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}

/** Lines as files have them: a browser sends each with a carriage return. */
export const tidySource = (source: string): string => source.replaceAll('\r\n', '\n').replaceAll('\0', '');

function written(request: FastifyRequest): { source: string; note: string } {
  const { source = '', note = '' } = formOf(request);
  return { source: tidySource(source), note };
}

function subjectOf(request: FastifyRequest): Subject {
  const [kind, id] = [paramOf(request, 'kind'), paramOf(request, 'id')];
  if (kind !== 'item' && kind !== 'bundle') throw new Problem('not-found');
  return { kind, id };
}
