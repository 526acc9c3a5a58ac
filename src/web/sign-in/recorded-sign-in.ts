import type { FastifyRequest } from 'fastify';
import type { Session } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import { record, whoOf } from '../recorded.ts';
import type { Site } from '../site.ts';

/** What signing in leaves in the trail. The name that was typed is not kept: people type passwords there by mistake. */

/** Somebody is in. */
export function recordEntered({ house }: Site, request: FastifyRequest, { actor }: Session): Promise<void> {
  if (actor.kind === 'guest') return Promise.resolve();
  const { region } = actor;
  return record(house, request, { kind: 'sign-in', what: 'sign-in', outcome: 'done', region, who: whoOf(actor) });
}

/** A password was right, and a second step is asked for. */
export async function recordFirstStep(site: Site, request: FastifyRequest, step: string): Promise<void> {
  const { house } = site;
  const who = await house.identity.whoWaits(step, house.clock());
  await record(house, request, {
    ...{ kind: 'sign-in', what: 'sign-in.first-step', outcome: 'done' },
    ...(who && { region: who.region, who: { kind: 'staff', id: who.id } }),
  });
}

/**
 * A name and a password were looked at and not let in. What was not looked at leaves nothing, or anybody could fill the
 * trail: a county that is not served here, whoever has to wait.
 */
export async function recordNotEntered(
  { house }: Site,
  request: FastifyRequest,
  login: { region: string; name: string },
  error: unknown,
): Promise<void> {
  if (!(error instanceof Problem) || error.code !== 'sign-in-failed') return;
  if (error.params.minutes || !house.identity.regions.includes(login.region)) return;
  // Looked up whether or not there is such an account, so that both take as long.
  const about = await house.identity.staff.idOf(login.region, login.name);
  const { region } = login;
  await record(house, request, { kind: 'sign-in', what: 'sign-in.first-step', outcome: 'failed', region, about });
}

/** A code or key was looked at and not right. */
export async function recordNotSecond(
  { house }: Site,
  request: FastifyRequest,
  step: string,
  { fields: [wrong] }: Problem,
): Promise<void> {
  if (wrong?.params?.minutes) return;
  const how = wrong?.field === 'answer' ? 'passkey' : 'code';
  const who = await house.identity.whoWaits(step, house.clock());
  await record(house, request, {
    ...{ kind: 'sign-in', what: 'sign-in.second-step', outcome: 'failed', about: who?.id, detail: { how } },
    ...(who && { region: who.region }),
  });
}
