import { type Http, Problem } from '../platform/door.ts';
import { designPage } from './design-page.tsx';
import type { Site } from './site.ts';

/** `/design`: the components, for people who write pages and for tests that look at all of them. */
export function registerDesign(app: Http, site: Site): void {
  for (const address of ['/design', '/design/*']) {
    app.get<{ Params: { '*'?: string } }>(address, async (request, reply) => {
      const page = designPage(site.view(request), request.params['*'] ?? '');
      if (!page) throw new Problem('not-found');
      return site.page(request, reply, page);
    });
  }
}
