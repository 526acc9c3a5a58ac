import swagger from '@fastify/swagger';
import type { Http } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import { registerAccount } from './account.ts';
import { registerAdministration } from './admin.ts';
import { registerCases } from './cases.ts';
import { registerCatalogue } from './catalogue.ts';
import { registerDeskLists } from './desk.ts';
import { registerDrafts } from './drafts.ts';
import { registerEmergency } from './emergency.ts';
import { fileTypes, registerFiles } from './files.ts';
import { description } from './openapi.ts';
import { registerOrganisation } from './organisation.ts';
import { registerOwnData } from './own-data.ts';
import { registerProof } from './proof.ts';
import { registerRating } from './rating.ts';
import { registerRequests } from './requests.ts';
import { registerDeskSearch } from './search.ts';
import { registerSession } from './session.ts';
import { namedShapes } from './shapes.ts';
import { registerToken } from './token.ts';
import { checkShape } from './validation.ts';
import { registerWatch } from './watch.ts';

/**
 * The machine interface: what the pages do (docs/api-pages.md says which page by which operation), by the same acts, in a
 * part of the server of its own, so that its validation and its description (OpenAPI 3.1 at /api/openapi.json) do not reach
 * the pages.
 */
export function registerApi(app: Http, site: Site): void {
  app.register(async (api) => {
    api.setValidatorCompiler(checkShape);
    api.addContentTypeParser(fileTypes, (_request, payload, done) => done(null, payload));
    api.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    await api.register(swagger, { openapi: description, refResolver: { buildLocalReference: nameOf } });
    for (const shape of namedShapes) api.addSchema(shape);
    registerSession(api, site);
    registerToken(api, site);
    registerCatalogue(api, site);
    registerDrafts(api, site);
    registerFiles(api, site);
    registerCases(api, site);
    registerProof(api, site);
    registerDeskLists(api, site);
    registerDeskSearch(api, site);
    registerRequests(api, site);
    registerRating(api, site);
    registerOwnData(api, site);
    registerAccount(api, site);
    registerOrganisation(api, site);
    registerEmergency(api, site);
    registerAdministration(api, site);
    registerWatch(api, site);
    api.get('/api/openapi.json', { schema: { hide: true } }, async () => api.swagger());
  });
}

const nameOf = (shape: { $id?: unknown }, _base: unknown, _fragment: string, count: number) =>
  String(shape.$id ?? `Shape${count}`);
