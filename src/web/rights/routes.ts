import { type Http, Problem } from '../../platform/door.ts';
import { personElements } from '../desk/person-elements.ts';
import { queryOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { AutomaticPage } from './automatic.tsx';
import { citizenOf } from './citizen.ts';
import { registerConsents } from './consent-routes.ts';
import { registerCopy } from './copy-routes.ts';
import { DataPage } from './data-page.tsx';
import { LookedPage, looksOnPage } from './looked.tsx';
import { looksOf } from './looks.ts';
import { registerRequests } from './request-routes.ts';

/** What people may ask about their own data (个人信息保护法 art. 44-50): each page is its reader's alone. */
export function registerRights(app: Http, site: Site): void {
  const { identity, texts } = site.house;
  registerCopy(app, site);
  registerConsents(app, site);
  registerRequests(app, site);

  app.get('/account/data', async (request, reply) => {
    const { view, actor } = citizenOf(site, request);
    const person = await identity.persons.get(actor, actor.region, actor.id);
    if (!person) throw new Problem('not-found');
    return site.page(
      request,
      reply,
      DataPage({ view, person, elements: personElements(texts), changed: queryOf(request).done === 'contact' }),
    );
  });

  app.get('/account/looked', async (request, reply) => {
    const citizen = citizenOf(site, request);
    const { view } = citizen;
    const page = pageOf(queryOf(request).page);
    const all = await looksOf(site.house, citizen, page * looksOnPage + 1);
    const looks = all.slice((page - 1) * looksOnPage, page * looksOnPage);
    const more = all.length > page * looksOnPage;
    return site.page(request, reply, LookedPage({ view, looks, page, more, agencies: identity.agencies }));
  });

  app.get('/account/data/automatic', async (request, reply) => {
    const { view } = citizenOf(site, request);
    return site.page(request, reply, AutomaticPage({ view }));
  });
}

/** Pages people turn to; further back nobody leafs. */
const pageOf = (typed = '') => (/^[1-9]\d{0,2}$/.test(typed) ? Number(typed) : 1);
