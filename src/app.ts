import { join } from 'node:path';
import { readFeed as caseFeed, openCases } from './cases/door.ts';
import { openCatalog } from './catalog/door.ts';
import { openEfficacy } from './efficacy/door.ts';
import { loadElements } from './elements/door.ts';
import type { House } from './house.ts';
import { openIdentity } from './identity/door.ts';
import {
  type Clock,
  type Config,
  houseSecret,
  type Log,
  loadCalendar,
  loadTexts,
  openDb,
  openHttp,
  randomIds,
} from './platform/door.ts';
import { openRating, readFeed as ratingFeed } from './rating/door.ts';
import { registerApi } from './web/api/routes.ts';
import { registerAssets } from './web/assets.ts';
import { registerDesk } from './web/desk/routes.ts';
import { registerPortal } from './web/portal/routes.ts';
import { sendProblem } from './web/problem-pages.tsx';
import { registerSignIn } from './web/sign-in/routes.ts';
import { openSite, type Site } from './web/site.ts';
import { registerWatch } from './web/watch/routes.ts';

/** Opens every room on a migrated database. The only place that knows them all. */
export async function openHouse(options: {
  config: Config;
  url: string;
  root: string;
  log: Log;
  clock: Clock;
}): Promise<House> {
  const { config, root, log, clock } = options;
  const db = openDb({ url: options.url, log, role: 'tongban_app' });
  const ids = randomIds(clock);
  const texts = loadTexts(join(root, 'texts'));
  const { elements, problems } = await loadElements(join(root, 'elements'));
  for (const problem of problems) log.error({ code: 'element-not-loaded', ...problem });
  let calendar = await loadCalendar(db);
  const identity = await openIdentity({
    db,
    clock,
    ids,
    demo: config.demo,
    regions: [config.region],
    folder: join(root, 'demo'),
  });
  const folders = { items: join(root, 'items'), bundles: join(root, 'bundles') };
  const catalog = await openCatalog({ db, folders: [folders], elements, log });
  const cases = openCases({
    db,
    ids,
    calendar: () => calendar,
    catalog,
    elements,
    identity,
    folder: join(config.data, 'files'),
  });
  const rating = openRating({ db, log, calendar: () => calendar });
  const efficacy = openEfficacy({ db, log, calendar: () => calendar, clock });
  const feeds = { cases: caseFeed, ratings: ratingFeed };
  const subscribers = [...rating.subscribers(feeds), ...efficacy.subscribers(feeds)];
  await db.listen('calendar', () => {
    void loadCalendar(db).then((loaded) => {
      calendar = loaded;
    });
  });
  return {
    config,
    root,
    log,
    db,
    clock,
    ids,
    texts,
    elements,
    catalog,
    identity,
    cases,
    rating,
    efficacy,
    calendar: () => calendar,
    async drain() {
      for (const subscriber of subscribers) await subscriber.drain();
    },
    rebuildFigures: () => efficacy.rebuild(feeds),
    async close() {
      await Promise.all(subscribers.map((subscriber) => subscriber.stop()));
      await db.end();
    },
  };
}

/** The HTTP side of an open house: pages, machine API, health. */
export async function openApp(house: House) {
  let site: Site | undefined;
  const app = openHttp({
    log: house.log,
    ready: async () => (await house.db.query('select 1')).length === 1,
    sendProblem: (request, reply, problem) => {
      if (!site) throw problem;
      return sendProblem(site, request, reply, problem);
    },
  });
  site = openSite(app, house, await houseSecret(house.db, house.ids, 'guest-forms'));
  registerAssets(app, house.root);
  registerApi(app, site);
  registerSignIn(app, site);
  registerPortal(app, site);
  registerDesk(app, site);
  registerWatch(app, site);
  await app.ready();
  return app;
}
