import type { Http } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import { registerApply } from './apply-routes.ts';
import { registerBrowse } from './browse-routes.ts';
import { registerBundles } from './bundle-routes.ts';
import { registerCases } from './case-routes.ts';
import { registerCheck } from './check-routes.ts';
import { registerCorrect } from './correct-routes.ts';
import { registerFiles } from './file-routes.ts';
import { registerMaterials } from './material-routes.ts';
import { registerRate } from './rate-routes.ts';

/** Every page a citizen meets. */
export function registerPortal(app: Http, site: Site): void {
  registerBrowse(app, site);
  registerBundles(app, site);
  registerApply(app, site);
  registerMaterials(app, site);
  registerCheck(app, site);
  registerCases(app, site);
  registerCorrect(app, site);
  registerRate(app, site);
  registerFiles(app, site);
}
