import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '../../platform/door.ts';
import { flawsIn, formOf, type Wrong, wrongOf } from '../forms.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import { AppPage, CodesPage } from './app.tsx';
import { mine } from './mine.ts';
import { NeedSecondPage } from './need-second.tsx';

/** Turning the second step on and off, and its codes on paper. Each asks for proof of a moment ago. */
export function registerSecondFactor(app: Http, site: Site): void {
  const { identity, clock, texts } = site.house;
  const { secondFactor } = identity;

  app.get('/account/second', async (request, reply) => {
    const session = mine(site, request);
    if (!session.secondMissing) return reply.redirect('/account', 303);
    const reset = await identity.accounts.resetOf(session);
    return site.page(request, reply, NeedSecondPage({ view: site.view(request), reset }));
  });

  app.post('/account/app', async (request, reply) => {
    await secondFactor.offer(mine(site, request), clock());
    return reply.redirect('/account/app', 303);
  });

  app.get('/account/app', async (request, reply) => showApp(request, reply));

  app.post('/account/app/confirm', noted('act', 'account.app-added'), async (request, reply) => {
    const session = mine(site, request);
    try {
      const codes = await secondFactor.confirm(session, formOf(request).code ?? '', clock());
      return site.page(request, reply, CodesPage({ view: site.view(request), codes }));
    } catch (error) {
      return showApp(request, reply, wrongOf(site.view(request), flawsIn(error)));
    }
  });

  app.post('/account/app/remove', noted('act', 'account.app-removed'), async (request, reply) => {
    await secondFactor.remove(mine(site, request), clock());
    return reply.redirect('/account?done=removed', 303);
  });

  app.post('/account/codes', noted('act', 'account.codes'), async (request, reply) => {
    const codes = await secondFactor.newCodes(mine(site, request), clock());
    return site.page(request, reply, CodesPage({ view: site.view(request), codes }));
  });

  async function showApp(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}) {
    const session = mine(site, request);
    const account = await identity.account.login(session);
    const view = site.view(request);
    const issuer = `${texts.say(view.lang)('components.page.service')} ${view.county[view.lang]}`;
    const offer = await secondFactor.offered(session, clock(), { issuer, label: account?.login ?? '' });
    if (!offer) return reply.redirect('/account', 303);
    return site.page(request, reply, AppPage({ view, offer, wrong }), Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
