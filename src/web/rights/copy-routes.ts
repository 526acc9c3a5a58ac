import { dayOf, type Http } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import { citizenOf } from './citizen.ts';
import { takeCopy } from './copy.ts';
import { CopyPage, CopyReadPage } from './copy-page.tsx';

/** A copy of everything that is kept of its reader. Asks for proof of a moment ago, and is in the trail before it leaves. */
export function registerCopy(app: Http, site: Site): void {
  const { house } = site;

  app.get('/account/data/copy', async (request, reply) => {
    const citizen = citizenOf(site, request);
    return site.page(request, reply, CopyPage({ view: citizen.view }));
  });

  app.get('/account/data/copy/file', async (request, reply) => {
    const { copy } = await takeCopy(site, request, 'file');
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="my-data-${dayOf(house.clock())}.json"`)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(copy, null, 2));
  });

  app.get('/account/data/copy/page', async (request, reply) => {
    const { citizen, copy } = await takeCopy(site, request, 'page');
    return site.page(request, reply, CopyReadPage({ view: citizen.view, copy, house }));
  });
}
