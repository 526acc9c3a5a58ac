import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Session } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { formOf, queryOf, safeNext } from '../forms.ts';
import type { Site } from '../site.ts';
import { SignInPage } from './sign-in.tsx';

/** Signing in and out, for everybody. */
export function registerSignIn(app: Http, site: Site): void {
  app.get('/sign-in', async (request, reply) =>
    show(site, request, reply, { next: safeNext(queryOf(request).next, '') }),
  );

  app.post('/sign-in', async (request, reply) => {
    const form = formOf(request);
    const next = safeNext(form.next, '');
    try {
      const session = await signIn(site, request, form);
      setCookie(site, reply, session.token);
      return reply.redirect(homeOf(session.actor, next), 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'sign-in-failed') throw error;
      return show(site, request, reply, { next, name: (form.name ?? '').slice(0, 100), failed: true });
    }
  });

  app.post('/sign-out', async (request, reply) => {
    const { tb_session } = request.cookies;
    if (tb_session) await site.house.identity.signOut(tb_session);
    reply.clearCookie('tb_session', { path: '/' });
    return reply.redirect('/', 303);
  });
}

/** One press on a persona in a demonstration; name and password otherwise. The session the browser came with ends. */
async function signIn({ house }: Site, request: FastifyRequest, form: ReturnType<typeof formOf>): Promise<Session> {
  const { identity, config } = house;
  const replaces = request.cookies.tb_session;
  if (form.persona) {
    if (!config.demo) throw new Problem('sign-in-failed');
    return identity.signInAs(form.persona, house.clock(), replaces);
  }
  return identity.signIn(config.region, (form.name ?? '').trim(), form.password ?? '', house.clock(), replaces);
}

function setCookie({ house }: Site, reply: FastifyReply, token: string): void {
  reply.setCookie('tb_session', token, { path: '/', httpOnly: true, sameSite: 'lax', secure: house.config.secure });
}

/** Where the signed-in go: back to where they wanted, or to their own first page. */
function homeOf(actor: Actor, next: string): string {
  if (actor.kind !== 'staff') return next || '/';
  // A citizen's page would only tell staff that it is not theirs.
  const theirs = /^\/(desk|watch|design|cases)/.test(next);
  if (next && theirs) return next;
  return actor.roles.includes('supervisor') ? '/watch' : '/desk';
}

type Shown = { next: string; name?: string; failed?: boolean };

function show(site: Site, request: FastifyRequest, reply: FastifyReply, { next, name = '', failed = false }: Shown) {
  const personas = site.house.identity.personas();
  return site.page(
    request,
    reply,
    SignInPage({ view: site.view(request), personas, next, name, failed }),
    failed ? 422 : 200,
  );
}
