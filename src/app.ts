import type { House } from './house.ts';
import { knownLogs } from './ledger/door.ts';
import { answers, houseSecret, openHttp } from './platform/door.ts';
import { registerAdmin } from './web/admin/routes.ts';
import { registerApi } from './web/api/routes.ts';
import { registerAssets } from './web/assets.ts';
import { registerDesign } from './web/design-routes.ts';
import { registerDesk } from './web/desk/routes.ts';
import { registerDevice } from './web/device/routes.ts';
import { registerLedger } from './web/ledger-routes.ts';
import { registerOrganisations } from './web/organisation/routes.ts';
import { registerPortal } from './web/portal/routes.ts';
import { sendProblem, UnreadablePage } from './web/problem-pages.tsx';
import { renderPage } from './web/render.ts';
import { registerRights } from './web/rights/routes.ts';
import { registerSignIn } from './web/sign-in/routes.ts';
import { openSite, type Site } from './web/site.ts';
import { registerWatch } from './web/watch/routes.ts';

/** The HTTP side of an open house: pages, machine API, health. */
export async function openApp(house: House) {
  let site: Site | undefined;
  const app = openHttp({
    log: house.log,
    trustProxy: house.config.trustProxy,
    secure: house.config.secure,
    ready: async () => house.ledger.healthy() && (await answers(house.db)),
    unreadable: renderPage(UnreadablePage({ texts: house.texts })),
    sendProblem: (request, reply, problem) => {
      if (!site) throw problem;
      return sendProblem(site, request, reply, problem);
    },
  });
  site = openSite(app, house, await houseSecret(house.db, house.ids, 'guest-forms'));
  registerAssets(app, house.root);
  registerLedger(app, house.ledger, knownLogs(house.config.witnessed ?? ''));
  registerApi(app, site);
  registerSignIn(app, site);
  registerDevice(app, site);
  registerOrganisations(app, site);
  registerPortal(app, site);
  registerRights(app, site);
  registerDesk(app, site);
  registerDesign(app, site);
  registerWatch(app, site);
  registerAdmin(app, site);
  await app.ready();
  return app;
}
