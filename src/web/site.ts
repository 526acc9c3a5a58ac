import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import type { House } from '../house.ts';
import { csrfMatches, guestCsrf, maskedCsrf, type Session } from '../identity/door.ts';
import { type Http, Problem } from '../platform/door.ts';
import { readBearer } from './bearer.ts';
import { readDevice, readSession, refreshOnDevices } from './device/here.ts';
import { guardRoutes } from './guard.ts';
import { openGuestPages } from './guest-pages.ts';
import { limitRoutes } from './limits.ts';
import { sendPacked } from './pack.ts';
import { recordRequests } from './recorded.ts';
import { renderPage } from './render.ts';
import { cookieOptions, nameOfCookie } from './session-cookies.ts';
import { stylesheet } from './styles/styles.ts';
import { type Mode, modes, type View } from './view.ts';

/** What routes get: the house, who asks, and how to answer. */
export type Site = {
  house: House;
  view(request: FastifyRequest): View;
  /** The actor of the request; pages that need one throw `sign-in-required` through the policy. */
  session(request: FastifyRequest): Session | undefined;
  page(request: FastifyRequest, reply: FastifyReply, page: JSX.Element, status?: number): FastifyReply;
  /** A page that is the same for every guest, made once for many of them; for who is signed in it is made for them. */
  guestPage(request: FastifyRequest, reply: FastifyReply, make: PageMaker): Promise<FastifyReply>;
  /** The fields and the one file of a multipart form, its CSRF token checked before a byte of the file is read. */
  upload(request: FastifyRequest): Promise<Upload>;
};
type PageMaker = (view: View) => JSX.Element | Promise<JSX.Element>;
export type Upload = {
  fields: Record<string, string>;
  file?: { name: string; content: import('node:stream').Readable };
};

declare module 'fastify' {
  interface FastifyRequest {
    session?: Session;
    /** A session came with it that has not been read. */
    unread: boolean;
    guest: string;
    /** How much waits at places of administration (`admin/waiting.ts`). */
    waiting?: Readonly<Record<string, number>>;
  }
  interface FastifyContextConfig {
    /** The route reads its own multipart body with `site.upload`, which checks the token. */
    upload?: boolean;
    /** The body is signed by whoever sends it and no cookie counts, so there is no form whose token could be missing. */
    signedBody?: boolean;
  }
}

const year = 365 * 24 * 3600;

/** Cookies, sessions, the token of every form, and the way from a request to a view. */
export function openSite(app: Http, house: House, guestSecret: string): Site {
  const cookies = cookieOptions(house.config.secure);
  const sessionName = nameOfCookie('tb_session', house.config.secure);
  const guestName = nameOfCookie('tb_guest', house.config.secure);
  app.decorateRequest('session', undefined);
  app.decorateRequest('unread', false);
  app.decorateRequest('guest', '');
  app.decorateRequest('device', undefined);
  recordRequests(app, house);

  app.addHook('onRequest', async (request, reply) => {
    if (isAsset(request.url)) return;
    if (await readBearer(house, request)) return;
    const token = request.cookies[sessionName];
    request.unread = token !== undefined;
    await readDevice(house, request, reply);
    if (token) request.session = await readSession(house, request, token);
    request.unread = false;
    request.guest = request.cookies[guestName] ?? '';
    if (!request.session && !request.guest && request.method === 'GET') {
      request.guest = house.ids.token();
      reply.setCookie(guestName, request.guest, cookies);
    }
    return switchSetting(request, reply, cookies);
  });
  app.addHook('preHandler', async (request) => {
    const { upload, signedBody } = request.routeOptions.config;
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || upload || signedBody || request.client) return;
    const given = (request.body as Record<string, unknown> | null)?._csrf ?? request.headers['x-csrf-token'];
    if (!csrfMatches(csrfOf(request, guestSecret), given)) throw new Problem('page-expired');
  });

  limitRoutes(app, house.clock);
  guardRoutes(app);
  refreshOnDevices(app, house.limits);

  const guestPages = openGuestPages(house.ids.token());
  const headed = (reply: FastifyReply, view: View, status: number) => {
    if (view.firstView) reply.setCookie('tb_css', styleVersion(), { ...cookies, maxAge: year });
    return reply
      .status(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policyOf(view))
      .header('cache-control', 'no-store');
  };
  const site: Site = {
    house,
    session: (request) => request.session,
    view: (request) => viewOf(request, house, guestSecret),
    page(request, reply, page, status = 200) {
      return sendPacked(request, headed(reply, site.view(request), status), renderPage(page));
    },
    async guestPage(request, reply, make) {
      const view = site.view(request);
      if (view.actor.kind !== 'guest' || view.device) return site.page(request, reply, await make(view));
      // Whoever publishes a change sees it at once: pages of an older catalogue are under another key.
      const edition = house.catalog.edition();
      const key = `${edition} ${view.lang} ${view.mode} ${view.firstView} ${view.path}`;
      const page = await guestPages.recall(key, view.now, async (csrf) => renderPage(await make({ ...view, csrf })));
      return sendPacked(
        request,
        headed(reply, view, 200),
        page.text(() => view.csrf),
        page.packed,
      );
    },
    upload: (request) => readUpload(request, guestSecret),
  };
  return site;
}

/** `?lang=` and `?mode=` on any page set a cookie and come back to the clean address; no script needed. */
function switchSetting(request: FastifyRequest, reply: FastifyReply, cookies: ReturnType<typeof cookieOptions>) {
  if (request.method !== 'GET' || !/[?&](lang|mode)=/.test(request.url)) return;
  // Two slashes and no host are no address; there is no page of that name either.
  if (!URL.canParse(request.url, 'http://localhost')) return;
  const url = new URL(request.url, 'http://localhost');
  for (const name of ['lang', 'mode'] as const) {
    const value = url.searchParams.get(name);
    if (value && [...modes, 'zh', 'en'].includes(value))
      reply.setCookie(`tb_${name}`, value, { ...cookies, maxAge: year });
    url.searchParams.delete(name);
  }
  // A path that begins with two slashes would leave this site.
  return reply.redirect(url.pathname.replace(/^\/+/, '/') + url.search, 303);
}

function viewOf(request: FastifyRequest, house: House, guestSecret: string): View {
  const { tb_lang, tb_mode, tb_css } = request.cookies;
  const lang = tb_lang === 'en' ? 'en' : 'zh';
  const region = house.config.region;
  let csrf: string | undefined;
  return {
    say: house.texts.say(lang),
    lang,
    mode: modes.includes(tb_mode as Mode) ? (tb_mode as Mode) : 'standard',
    actor: request.session?.actor ?? { kind: 'guest' },
    unread: request.unread,
    device: request.device,
    // Made when a form asks for it: most views are of pages without one.
    get csrf() {
      csrf ??= maskedCsrf(csrfOf(request, guestSecret), house.ids.token());
      return csrf;
    },
    path: request.url,
    demo: house.config.demo,
    county: house.identity.countyName(region),
    placeName: (...names) => house.identity.placeName(lang, ...names),
    region,
    now: house.clock(),
    coveredUntil: house.calendar().coveredUntil,
    limits: house.limits,
    firstView: tb_css !== styleVersion(),
    requestId: request.id,
    waiting: request.waiting,
  };
}

function csrfOf(request: FastifyRequest, guestSecret: string): string {
  return request.session?.csrf ?? (request.guest ? guestCsrf(guestSecret, request.guest) : '');
}

async function readUpload(request: FastifyRequest, guestSecret: string): Promise<Upload> {
  const fields: Record<string, string> = {};
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value);
      continue;
    }
    if (!csrfMatches(csrfOf(request, guestSecret), fields._csrf)) {
      part.file.resume();
      throw new Problem('page-expired');
    }
    if (part.filename !== '') return { fields, file: { name: part.filename, content: part.file } };
    part.file.resume();
  }
  if (!csrfMatches(csrfOf(request, guestSecret), fields._csrf)) throw new Problem('page-expired');
  return { fields };
}

function policyOf(view: View): string {
  const styles = view.firstView ? ` ${stylesheet('portal').csp} ${stylesheet('staff').csp}` : '';
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self'${styles}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const styleVersion = () => stylesheet('portal').hash + stylesheet('staff').hash.slice(0, 4);
const isAsset = (url: string) =>
  url.startsWith('/assets/') ||
  url.startsWith('/ledger/') ||
  url === '/healthz' ||
  url === '/readyz' ||
  url === '/metrics';
