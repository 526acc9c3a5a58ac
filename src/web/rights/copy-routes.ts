import type { FastifyRequest } from 'fastify';
import { requireFresh } from '../../identity/door.ts';
import { dayOf, type Http } from '../../platform/door.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';
import { type Citizen, citizenOf } from './citizen.ts';
import { type Copy, copyOf } from './copy.ts';
import { CopyPage, CopyReadPage } from './copy-page.tsx';

/** A copy of everything that is kept of its reader. Asks for proof of a moment ago, and is in the trail before it leaves. */
export function registerCopy(app: Http, site: Site): void {
  const { house } = site;

  app.get('/account/data/copy', async (request, reply) => {
    const citizen = citizenOf(site, request);
    return site.page(request, reply, CopyPage({ view: citizen.view }));
  });

  app.get('/account/data/copy/file', async (request, reply) => {
    const { copy } = await taken(request, 'file');
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="my-data-${dayOf(house.clock())}.json"`)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(copy, null, 2));
  });

  app.get('/account/data/copy/page', async (request, reply) => {
    const { citizen, copy } = await taken(request, 'page');
    return site.page(request, reply, CopyReadPage({ view: citizen.view, copy, house }));
  });

  async function taken(request: FastifyRequest, as: 'file' | 'page'): Promise<{ citizen: Citizen; copy: Copy }> {
    const citizen = citizenOf(site, request);
    requireFresh(citizen.session, house.clock());
    const copy = await copyOf(house, citizen);
    const detail = { form: as, cases: copy.cases.length };
    const what = { kind: 'export', what: 'person.copy', outcome: 'done' } as const;
    await record(house, request, { ...what, whose: citizen.actor.id, detail });
    return { citizen, copy };
  }
}
