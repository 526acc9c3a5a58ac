import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { registerAccount } from '../account/routes.ts';
import { startAnew } from '../device/here.ts';
import { type Form, formOf, queryOf, safeNext } from '../forms.ts';
import { noted } from '../recorded.ts';
import { giveSession, nameOfCookie } from '../session-cookies.ts';
import type { Site } from '../site.ts';
import { admit, keepStep, visitOf } from './cookies.ts';
import { registerProvider } from './provider-routes.ts';
import { recordFirstStep, recordNotEntered } from './recorded-sign-in.ts';
import { registerSecondStep } from './second-routes.ts';
import { SignInPage } from './sign-in.tsx';
import { registerStart } from './start-routes.ts';

/** Signing in and out, for everybody, and what the signed-in do with their own account. */
export function registerSignIn(app: Http, site: Site): void {
  registerAccount(app, site);
  registerSecondStep(app, site);
  registerProvider(app, site);
  registerStart(app, site);
  app.get('/sign-in', async (request, reply) =>
    show(site, request, reply, {
      next: safeNext(queryOf(request).next, ''),
      started: queryOf(request).done === 'start',
    }),
  );

  app.post('/sign-in', async (request, reply) => {
    const form = formOf(request);
    const next = safeNext(form.next, '');
    try {
      const entered = await signIn(site, request, form);
      if ('session' in entered) return admit(site, reply, entered, next);
      await recordFirstStep(site, request, entered.step);
      keepStep(site, reply, entered.step);
      return reply.redirect(`/sign-in/second?next=${encodeURIComponent(next)}`, 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'sign-in-failed') throw error;
      if (!form.persona)
        await recordNotEntered(site, request, { region: site.house.config.region, name: form.name ?? '' }, error);
      const minutes = Number(error.params.minutes ?? 0);
      return show(site, request, reply, { next, name: (form.name ?? '').slice(0, 100), failed: true, minutes });
    }
  });

  app.post('/sign-out', noted('sign-out', 'sign-out'), async (request, reply) => {
    const session = site.session(request);
    const { secure } = site.house.config;
    if (session) await site.house.identity.signOut(session.token);
    giveSession(reply, secure);
    if (request.device) startAnew(reply, secure);
    return reply.redirect(site.session(request)?.via ? '/sign-in/left' : '/', 303);
  });
}

/** One press on a persona in a demonstration; name and password otherwise. The session the browser came with ends. */
async function signIn({ house }: Site, request: FastifyRequest, form: Form) {
  const { identity, config } = house;
  const visit = visitOf(request);
  if (form.persona) {
    if (!config.demo) throw new Problem('sign-in-failed');
    return { session: await identity.signInAs(form.persona, house.clock(), visit.replaces, visit.agent, visit.on) };
  }
  return identity.enter(config.region, (form.name ?? '').trim(), form.password ?? '', house.clock(), visit);
}

type Shown = { next: string; started?: boolean; name?: string; failed?: boolean; minutes?: number };

function show(site: Site, request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const { next, started = false, name = '', failed = false, minutes = 0 } = shown;
  const { identity } = site.house;
  const atKiosk = request.device?.kind === 'kiosk';
  const personas = identity.personas().filter(({ group }) => !atKiosk || group === 'citizen');
  const provider = identity.provider?.name;
  const ended = !failed && next !== '' && cameSignedIn(site, request);
  const page = SignInPage({
    view: site.view(request),
    personas,
    provider,
    next,
    name,
    failed,
    ended,
    started,
    minutes,
    atKiosk,
  });
  return site.page(request, reply, page, failed ? 422 : 200);
}

/** Whether the browser holds a session that has ended. On a device that many use it says nothing of who stands there. */
function cameSignedIn({ house, session }: Site, request: FastifyRequest): boolean {
  const held = request.cookies[nameOfCookie('tb_session', house.config.secure)];
  return held !== undefined && !session(request) && !request.device;
}
