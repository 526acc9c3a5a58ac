import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem } from '../../platform/door.ts';
import { formOf } from '../forms.ts';
import { noted } from '../recorded.ts';
import type { Site } from '../site.ts';
import { CodesPage } from './app.tsx';
import { mine } from './mine.ts';
import { PasskeyPage } from './passkey.tsx';
import { placeOf } from './passkey-place.ts';

/** Making and removing passkeys. Each asks for proof of a moment ago. */
export function registerPasskeys(app: Http, site: Site): void {
  const { identity, clock } = site.house;
  const { passkeys } = identity;

  app.get('/account/passkey', async (request, reply) => show(request, reply));

  app.post('/account/passkey', noted('act', 'account.passkey-added'), async (request, reply) => {
    const { answer = '' } = formOf(request);
    const agent = request.headers['user-agent'];
    try {
      const codes = await passkeys.add(mine(site, request), answer, clock(), placeOf(site, request), agent);
      if (codes.length === 0) return reply.redirect('/account?done=passkey', 303);
      return site.page(request, reply, CodesPage({ view: site.view(request), codes }));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'form-invalid') throw error;
      return show(request, reply, true);
    }
  });

  app.post('/account/passkey/remove', noted('act', 'account.passkey-removed'), async (request, reply) => {
    await passkeys.remove(mine(site, request), formOf(request).key ?? '', clock());
    return reply.redirect('/account?done=removed', 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, failed = false) {
    const session = mine(site, request);
    const account = await identity.account.login(session);
    const options = await passkeys.ask(session, clock(), placeOf(site, request), account?.login ?? '');
    const page = PasskeyPage({ view: site.view(request), options, failed });
    return site.page(request, reply, page, failed ? 422 : 200);
  }
}
