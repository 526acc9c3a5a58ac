import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { formOf, queryOf, safeNext, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { admit, visitOf } from './cookies.ts';
import { SecondPage } from './second.tsx';

/** The second step of signing in, for who has given the right password a moment ago. */
export function registerSecondStep(app: Http, site: Site): void {
  const { identity, clock } = site.house;

  app.get('/sign-in/second', async (request, reply) => {
    const next = safeNext(queryOf(request).next, '');
    return request.cookies.tb_step ? show(request, reply, next) : reply.redirect('/sign-in', 303);
  });

  app.post('/sign-in/second', async (request, reply) => {
    const { code = '', next: wanted } = formOf(request);
    const next = safeNext(wanted, '');
    try {
      const step = request.cookies.tb_step ?? '';
      const entered = await identity.enterSecond(step, code.slice(0, 100), clock(), visitOf(request));
      return admit(site, reply, entered, next);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // The password was given too long ago, or never.
      if (error.code === 'sign-in-failed') return reply.redirect('/sign-in', 303);
      if (error.code !== 'form-invalid') throw error;
      return show(request, reply, next, wrongOf(site.view(request), error.fields));
    }
  });

  function show(request: FastifyRequest, reply: FastifyReply, next: string, wrong: Wrong = {}) {
    const page = SecondPage({ view: site.view(request), next, wrong });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
