import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProviderSignIn } from '../../identity/door.ts';
import { type Http, Problem, statusOf } from '../../platform/door.ts';
import { queryOf, safeNext } from '../forms.ts';
import { record } from '../recorded.ts';
import { cookieOptions, nameOfCookie } from '../session-cookies.ts';
import type { Site } from '../site.ts';
import { admit, visitOf } from './cookies.ts';
import { ProviderProblemPage, SignedOutPage } from './provider.tsx';

const tenMinutes = 600;

/**
 * Citizens and enterprises leave for the provider and come back. Leaving is a link and not a form: browsers hold a
 * form to `form-action 'self'` on its redirects too.
 */
export function registerProvider(app: Http, site: Site): void {
  const { identity, config } = site.house;
  // Lax, as the provider sends the browser back. Set by a neighbouring host it would let a stranger's sign-in end here.
  const cookie = nameOfCookie('tb_provider', config.secure);

  app.get('/sign-in/provider', async (request, reply) => {
    const next = safeNext(queryOf(request).next, '');
    return attempt(request, reply, next, async (provider) => {
      const { lang } = site.view(request);
      const need = queryOf(request).need === 'powers' ? 'powers' : undefined;
      // On a machine that others use, whoever was there before may still be signed in at the provider.
      const again = queryOf(request).again === 'yes' || request.device !== undefined;
      const browser = request.cookies[cookie];
      const begun = await provider.begin({ region: config.region, next, lang, browser, need, again });
      reply.setCookie(cookie, begun.browser, { ...cookieOptions(config.secure), maxAge: tenMinutes });
      return reply.redirect(begun.url, 303);
    });
  });

  app.get('/sign-in/provider/back', async (request, reply) =>
    attempt(request, reply, '', async (provider) => {
      const query = request.url.split('?')[1] ?? '';
      const asked = { region: config.region, query, browser: request.cookies[cookie] };
      const { session, next } = await provider.finish(asked, visitOf(request));
      return admit(site, reply, { session }, safeNext(next, ''));
    }),
  );

  app.get('/sign-in/left', async (request, reply) => {
    if (site.session(request)) return reply.redirect('/', 303);
    const leave = await identity.provider?.leave();
    const name = identity.provider?.name;
    if (request.device && leave) reply.header('refresh', `0; url=${leave}`);
    return site.page(request, reply, SignedOutPage({ view: site.view(request), name, leave }));
  });

  /** Whatever goes wrong at the provider is told on a page with the way on. */
  async function attempt(
    request: FastifyRequest,
    reply: FastifyReply,
    next: string,
    act: (provider: ProviderSignIn) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    if (!identity.provider) throw new Problem('not-found');
    try {
      return await act(identity.provider);
    } catch (error) {
      if (!(error instanceof Problem) || !error.code.startsWith('provider-')) throw error;
      request.log.info({ code: 'provider-sign-in-refused', problem: error.code, request: request.id });
      const detail = { problem: error.code };
      // An answer nobody has asked for can be made up by anybody, as often as they like.
      if (!error.params.unasked)
        await record(site.house, request, { kind: 'sign-in', what: 'sign-in.provider', outcome: 'failed', detail });
      const page = ProviderProblemPage({
        view: site.view(request),
        problem: error,
        name: identity.provider.name,
        next,
      });
      return site.page(request, reply, page, statusOf[error.kind]);
    }
  }
}
