import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { flawsIn, formOf, queryOf, safeNext, type Wrong, wrongOf } from '../forms.ts';
import { offsetOf, pageOf } from '../paging.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import { AccountPage } from './account.tsx';
import { ConfirmBySignIn, ConfirmPage } from './confirm.tsx';
import { registerLending } from './lending-routes.ts';
import { mine } from './mine.ts';
import { registerPasskeys } from './passkey-routes.ts';
import { PasswordPage } from './password.tsx';
import { registerSecondFactor } from './second-routes.ts';
import { StartGivenPage } from './start-given.tsx';

/** My sign-in: what somebody may see and change of their own account, and of no other. */
export function registerAccount(app: Http, site: Site): void {
  const { identity, clock } = site.house;
  registerSecondFactor(app, site);
  registerPasskeys(app, site);
  registerLending(app, site);

  app.get('/account', async (request, reply) => {
    const session = mine(site, request);
    const account = await identity.account.login(session);
    const at = pageOf(request);
    const sessions = await identity.account.sessions(session, clock(), offsetOf(at));
    const factors = await identity.secondFactor.factors(session);
    const passkeys = await identity.passkeys.list(session);
    const start = await identity.starts.given(session);
    const { done } = queryOf(request);
    return site.page(
      request,
      reply,
      AccountPage({ view: site.view(request), account, start, factors, passkeys, at, sessions, done }),
    );
  });

  app.post('/account/sessions/end', noted('sign-out', 'session.end'), async (request, reply) => {
    await identity.account.endSession(mine(site, request), formOf(request).ref ?? '');
    return reply.redirect('/account?done=ended', 303);
  });

  app.post('/account/sessions/end-others', noted('sign-out', 'session.end-others'), async (request, reply) => {
    await identity.account.endOtherSessions(mine(site, request));
    return reply.redirect('/account?done=ended', 303);
  });

  app.get('/account/start', async (request, reply) => {
    const given = await identity.starts.given(mine(site, request));
    const next = safeNext(queryOf(request).next, '/account');
    if (!given) return reply.redirect(next, 303);
    return site.page(request, reply, StartGivenPage({ view: site.view(request), given, next }));
  });

  app.get('/account/confirm', async (request, reply) =>
    showConfirm(request, reply, safeNext(queryOf(request).next, '/account')),
  );

  app.post('/account/confirm', noted('sign-in', 'sign-in.again'), async (request, reply) => {
    const { password = '', next } = formOf(request);
    const there = safeNext(next, '/account');
    if (await identity.account.prove(mine(site, request), password, clock())) return reply.redirect(there, 303);
    const wrong = wrongOf(site.view(request), [{ field: 'password', code: 'password-not-current' }]);
    return showConfirm(request, reply, there, wrong);
  });

  app.get('/account/password', async (request, reply) => showPassword(request, reply));

  app.post('/account/password', noted('act', 'account.password'), async (request, reply) => {
    const session = mine(site, request);
    const { current = '', next = '', again = '' } = formOf(request);
    try {
      await identity.account.changePassword(session, { current, next, again }, clock());
    } catch (error) {
      return showPassword(request, reply, wrongOf(site.view(request), flawsIn(error)));
    }
    return reply.redirect('/account?done=password', 303);
  });

  async function showConfirm(request: FastifyRequest, reply: FastifyReply, next: string, wrong: Wrong = {}) {
    const session = mine(site, request);
    if (session.actor.kind === 'person') {
      const href = `${identity.provider ? '/sign-in/provider?again=yes&' : '/sign-in?'}next=${encodeURIComponent(next)}`;
      return site.page(request, reply, ConfirmBySignIn({ view: site.view(request), href }));
    }
    const account = await identity.account.login(session);
    if (!account) throw new Problem('not-allowed');
    const page = ConfirmPage({ view: site.view(request), hasPassword: account.hasPassword, next, wrong });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }

  async function showPassword(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}) {
    const account = await identity.account.login(mine(site, request));
    if (!account) throw new Problem('not-allowed');
    const page = PasswordPage({ view: site.view(request), account, wrong });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
