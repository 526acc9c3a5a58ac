import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../../house.ts';
import type { Device, Session } from '../../identity/door.ts';
import type { Http, Limits } from '../../platform/door.ts';
import { cookieOptions, nameOfCookie } from '../session-cookies.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The kiosk or village station the request comes from. */
    device?: Device;
  }
}

/** Browsers keep a cookie for 400 days at most; every first request of a day begins them anew. */
const kept = 400 * 24 * 3600;
const idlePath = '/device/idle';
export const startPath = '/device/start';

/** Which device a request comes from. The cookie of one that is revoked is taken away. */
export async function readDevice(house: House, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { secure } = house.config;
  const token = request.cookies[nameOfCookie('tb_enrolled', secure)];
  if (!token) return;
  const now = house.clock();
  request.device = await house.identity.devices.read(token, now);
  if (!request.device) giveDevice(reply, secure);
  else if (request.device.lastSeen?.slice(0, 10) !== now.toISOString().slice(0, 10)) giveDevice(reply, secure, token);
}

/** Makes the browser a device; without a token, takes that away. */
export function giveDevice(reply: FastifyReply, secure: boolean, token?: string): void {
  const name = nameOfCookie('tb_enrolled', secure);
  if (token === undefined) reply.clearCookie(name, cookieOptions(secure));
  else reply.setCookie(name, token, { ...cookieOptions(secure), maxAge: kept });
}

/** Whose session a cookie is, here. A page that opened by itself is no sign that anybody is there. */
export function readSession(house: House, request: FastifyRequest, token: string): Promise<Session | undefined> {
  const quiet = request.url.split('?')[0] === idlePath;
  return house.identity.session(token, house.clock(), { on: request.device?.id, quiet });
}

/** Leaves nothing of who was here: their settings, their token as a visitor, what the browser has kept of pages. */
export function startAnew(reply: FastifyReply, secure: boolean): FastifyReply {
  for (const name of ['tb_lang', 'tb_mode', nameOfCookie('tb_guest', secure)])
    reply.clearCookie(name, cookieOptions(secure));
  for (const name of ['tb_step', 'tb_provider']) reply.clearCookie(name, { path: '/sign-in' });
  return reply.header('clear-site-data', '"cache", "storage"');
}

type DeviceLimits = Pick<Limits, 'deviceRest' | 'deviceAsk'>;

/** On a device every page of a citizen or a visitor goes on by itself when nobody touches it, without a script. */
export function refreshOnDevices(app: Http, limits: DeviceLimits): void {
  // Every answer passes here, and nearly none is a device's: nothing is waited for.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const where = request.device && restsOn(request, reply, limits);
    if (where && !reply.hasHeader('refresh')) reply.header('refresh', where);
    done();
  });
}

function restsOn(
  { device, session, url, cookies }: FastifyRequest,
  { statusCode }: FastifyReply,
  { deviceRest, deviceAsk }: DeviceLimits,
): string | undefined {
  const moves = statusCode >= 300 && statusCode < 400;
  if (!device || moves || url.startsWith('/api/') || session?.actor.kind === 'staff') return undefined;
  const path = url.split('?')[0];
  // A moment more than the session has: it has ended by then.
  if (path === idlePath) return `${deviceAsk.seconds + 2}; url=${startPath}`;
  if (session) return `${deviceRest.seconds}; url=${idlePath}?next=${encodeURIComponent(url)}`;
  const asBegun = path === '/' && !cookies.tb_lang && !cookies.tb_mode;
  return asBegun || path === '/device' ? undefined : `${deviceRest.seconds}; url=${startPath}`;
}
