import { type Http, Problem } from '../../platform/door.ts';
import { paramOf, queryOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { AccessibilityPage } from './accessibility.tsx';
import { GuidePage } from './guide.tsx';
import { HelpPage } from './help.tsx';
import { HomePage } from './home.tsx';
import { oftenLookedFor, shelvesOf } from './offers.ts';
import { agencyName, placeOf } from './place.ts';
import { SearchPage } from './search.tsx';
import { underWay } from './under-way.ts';

/** Finding out: home, search, the guide of an item, help. Nobody needs to sign in here. */
export function registerBrowse(app: Http, site: Site): void {
  const { house } = site;

  app.get('/', (request, reply) =>
    site.guestPage(request, reply, async (view) => {
      const mine = await underWay(house, view.actor);
      const often = oftenLookedFor(house.catalog, view.lang);
      return HomePage({ view, often, bundles: house.catalog.bundles(), shelves: shelvesOf(house.catalog), mine });
    }),
  );

  app.get('/search', async (request, reply) => {
    const view = site.view(request);
    const words = (queryOf(request).q ?? '').trim().slice(0, 100);
    const hits = words === '' ? [] : house.catalog.search(words);
    return site.page(
      request,
      reply,
      SearchPage({ view, words, hits, often: oftenLookedFor(house.catalog, view.lang) }),
    );
  });

  app.get('/items/:id', (request, reply) =>
    site.guestPage(request, reply, async (view) => {
      const item = house.catalog.item(paramOf(request, 'id'));
      if (!item) throw new Problem('item-not-found');
      const place = await placeOf(site, request);
      const list = house.catalog.tasks({ kind: 'item', id: item.id }, {});
      const bundles = house.catalog.bundles().filter(({ items }) => items.some((entry) => entry.item === item.id));
      const office = (kind: string) => agencyName(site, kind, place.chosen, view.lang);
      return GuidePage({ view, item, list, place, bundles, office, cite: house.cite });
    }),
  );

  app.get('/help', (request, reply) => site.guestPage(request, reply, (view) => HelpPage({ view })));
  app.get('/accessibility', (request, reply) => site.guestPage(request, reply, (view) => AccessibilityPage({ view })));
}
