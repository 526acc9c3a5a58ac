import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '../../platform/door.ts';
import { momentOf } from '../admin/people-routes.ts';
import { flawsIn, formOf, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { visitOf } from './cookies.ts';
import { StartPage } from './start.tsx';

/** The first sign-in, and a forgotten password: the code of an administrator sets another, and signing in comes after. */
export function registerStart(app: Http, site: Site): void {
  const { identity, config } = site.house;

  app.get('/sign-in/start', async (request, reply) => show(request, reply));

  app.post('/sign-in/start', async (request, reply) => {
    const { name = '', code = '', next = '', again = '' } = formOf(request);
    const given = { region: config.region, name, code, next, again };
    try {
      await identity.starts.set(given, momentOf(site, request), visitOf(request));
    } catch (error) {
      return show(request, reply, name.slice(0, 100), wrongOf(site.view(request), flawsIn(error)));
    }
    return reply.redirect('/sign-in?done=start', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, name = '', wrong: Wrong = {}) {
    const page = StartPage({ view: site.view(request), name, wrong });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
