import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Session } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { formOf, queryOf, type Wrong, wrongOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { AccountPage } from './account.tsx';
import { PasswordPage } from './password.tsx';

/** My sign-in: what somebody may see and change of their own account, and of no other. */
export function registerAccount(app: Http, site: Site): void {
  const { identity, clock } = site.house;

  app.get('/account', async (request, reply) => {
    const session = mine(site, request);
    const account = await identity.account.login(session);
    const changed = queryOf(request).changed === 'password';
    return site.page(request, reply, AccountPage({ view: site.view(request), account, changed }));
  });

  app.get('/account/password', async (request, reply) => showPassword(request, reply));

  app.post('/account/password', async (request, reply) => {
    const session = mine(site, request);
    const { current = '', next = '', again = '' } = formOf(request);
    try {
      await identity.account.changePassword(session, { current, next, again }, clock());
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'form-invalid') throw error;
      return showPassword(request, reply, wrongOf(site.view(request), error.fields));
    }
    return reply.redirect('/account?changed=password', 303);
  });

  async function showPassword(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}) {
    const account = await identity.account.login(mine(site, request));
    if (!account) throw new Problem('not-allowed');
    const page = PasswordPage({ view: site.view(request), account, wrong });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}

/** The session of who asks; visitors go to sign-in first. */
export function mine(site: Site, request: FastifyRequest): Session {
  const session = site.session(request);
  if (!session) throw new Problem('sign-in-required');
  return session;
}
