import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Entered } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { placeOf } from '../account/passkey-place.ts';
import { formOf, queryOf, safeNext, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { admit, visitOf } from './cookies.ts';
import { recordNotSecond } from './recorded-sign-in.ts';
import { SecondPage } from './second.tsx';

type Check = (step: string) => Promise<Entered> | undefined;

/** The second step of signing in, for who has given the right password a moment ago. */
export function registerSecondStep(app: Http, site: Site): void {
  const { identity, clock } = site.house;

  app.get('/sign-in/second', async (request, reply) =>
    attempt(request, reply, safeNext(queryOf(request).next, ''), () => undefined),
  );

  app.post('/sign-in/second', async (request, reply) => {
    const { code = '', next } = formOf(request);
    return attempt(request, reply, safeNext(next, ''), (step) =>
      identity.enterSecond(step, code.slice(0, 100), clock(), visitOf(request)),
    );
  });

  app.post('/sign-in/passkey', async (request, reply) => {
    const { answer = '', next } = formOf(request);
    return attempt(request, reply, safeNext(next, ''), (step) =>
      identity.enterWithPasskey(step, answer, clock(), visitOf(request), placeOf(site, request)),
    );
  });

  /** Lets in who passes; who does not sees why; whose password was given too long ago, or never, starts again. */
  async function attempt(request: FastifyRequest, reply: FastifyReply, next: string, check: Check) {
    const step = request.cookies.tb_step ?? '';
    try {
      const entered = await check(step);
      if (entered) return admit(site, reply, entered, next);
      return await show(request, reply, next, step);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'sign-in-failed') return reply.redirect('/sign-in', 303);
      if (error.code !== 'form-invalid') throw error;
      await recordNotSecond(site, request, step, error);
      return show(request, reply, next, step, wrongOf(site.view(request), error.fields));
    }
  }

  async function show(request: FastifyRequest, reply: FastifyReply, next: string, step: string, wrong: Wrong = {}) {
    const options = await identity.askPasskey(step, clock(), placeOf(site, request));
    const page = SecondPage({ view: site.view(request), next, wrong, options });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
