import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Entered, Session } from '../../identity/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { registerAccount } from '../account/routes.ts';
import { type Form, formOf, queryOf, safeNext } from '../forms.ts';
import type { Site } from '../site.ts';
import { SignInPage } from './sign-in.tsx';

/** Signing in and out, for everybody, and what the signed-in do with their own account. */
export function registerSignIn(app: Http, site: Site): void {
  registerAccount(app, site);
  app.get('/sign-in', async (request, reply) =>
    show(site, request, reply, { next: safeNext(queryOf(request).next, '') }),
  );

  app.post('/sign-in', async (request, reply) => {
    const form = formOf(request);
    const next = safeNext(form.next, '');
    try {
      const { session, device } = await signIn(site, request, form);
      setCookie(site, reply, session.token);
      if (device) keepDevice(site, reply, device);
      return reply.redirect(homeOf(session.actor, next), 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'sign-in-failed') throw error;
      const minutes = Number(error.params.minutes ?? 0);
      return show(site, request, reply, { next, name: (form.name ?? '').slice(0, 100), failed: true, minutes });
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
async function signIn(
  { house }: Site,
  request: FastifyRequest,
  form: Form,
): Promise<Partial<Entered> & { session: Session }> {
  const { identity, config } = house;
  const { tb_session: replaces, tb_device: device } = request.cookies;
  const agent = request.headers['user-agent'];
  if (form.persona) {
    if (!config.demo) throw new Problem('sign-in-failed');
    return { session: await identity.signInAs(form.persona, house.clock(), replaces, agent) };
  }
  const visit = { replaces, device, agent, address: request.ip };
  return identity.enter(config.region, (form.name ?? '').trim(), form.password ?? '', house.clock(), visit);
}

const halfYear = 180 * 24 * 3600;

/** Opens nothing: it only keeps this browser apart from strangers who guess. Sent to sign-in and nowhere else. */
function keepDevice({ house }: Site, reply: FastifyReply, device: string): void {
  const { secure } = house.config;
  reply.setCookie('tb_device', device, {
    path: '/sign-in',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: halfYear,
  });
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

type Shown = { next: string; name?: string; failed?: boolean; minutes?: number };

function show(site: Site, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const { next, name = '', failed = false, minutes = 0 } = shown;
  const personas = site.house.identity.personas();
  const page = SignInPage({ view: site.view(request), personas, next, name, failed, minutes });
  return site.page(request, reply, page, failed ? 422 : 200);
}
