import { type Http, Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import { registerAccounts } from './accounts-routes.ts';
import { openAdmin, placesOf } from './admin.ts';
import { registerAlarms } from './alarms-routes.ts';
import { AssessmentsPage } from './assessments.tsx';
import { registerCatalog } from './catalog-routes.ts';
import { registerClients } from './clients-routes.ts';
import { registerDevices } from './devices-routes.ts';
import { registerGlass } from './glass-routes.ts';
import { registerHolds } from './holds-routes.ts';
import { registerPeople } from './people-routes.ts';
import { PolicyPage } from './policy-page.tsx';
import { registerTrail } from './trail-routes.ts';
import { countWaiting } from './waiting.ts';

/** Administration. Each page has its own file of routes, registered here with one line. */
export function registerAdmin(app: Http, site: Site): void {
  countWaiting(app, site);
  registerAccounts(app, site);
  registerPeople(app, site);
  registerGlass(app, site);
  registerClients(app, site);
  registerHolds(app, site);
  registerDevices(app, site);
  app.get('/admin', async (request, reply) => {
    const { actor } = site.view(request);
    const [first] = placesOf(actor);
    if (!first) throw new Problem(actor.kind === 'guest' ? 'sign-in-required' : 'not-allowed');
    return reply.redirect(first.href, 303);
  });
  registerCatalog(app, site);
  registerTrail(app, site);
  registerAlarms(app, site);
  app.get('/admin/assessments', async (request, reply) => {
    const { view } = openAdmin(site, request, 'assessment.read');
    const { catalog, rights } = site.house;
    const asking = catalog
      .items()
      .map(({ id, elements }) => ({ id, elements: elements.map(({ element }) => element) }));
    const missing = rights.unassessed(asking).map((id) => catalog.item(id)?.name[view.lang] ?? id);
    return site.page(request, reply, AssessmentsPage({ view, assessments: rights.assessments, missing }));
  });
  app.get('/admin/policy', async (request, reply) => {
    const { view } = openAdmin(site, request, 'policy.read');
    return site.page(request, reply, PolicyPage({ view }));
  });
}
