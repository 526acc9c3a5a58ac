import type { Site } from '../site.ts';
import { registerAccounts } from './admin-accounts.ts';
import { registerProposals } from './admin-catalogue.ts';
import { registerClients } from './admin-clients.ts';
import { registerDevices } from './admin-devices.ts';
import { registerHolds } from './admin-holds.ts';
import { registerReading } from './admin-reading.ts';
import { registerStaff } from './admin-staff.ts';
import { registerTrail } from './admin-trail.ts';
import type { Api } from './api.ts';

/** Administration: what each of the administrators does on their pages. */
export function registerAdministration(api: Api, site: Site): void {
  registerStaff(api, site);
  registerAccounts(api, site);
  registerClients(api, site);
  registerHolds(api, site);
  registerDevices(api, site);
  registerProposals(api, site);
  registerTrail(api, site);
  registerReading(api, site);
}
