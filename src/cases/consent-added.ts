import type { Elements } from '../elements/door.ts';
import type { Doer } from '../identity/door.ts';
import { type Db, dayOf } from '../platform/door.ts';
import type { Case, Command } from './case.ts';
import { type Consent, consentElements, consentsAs, consentText } from './consent.ts';
import type { MayConsent } from './consent-age.ts';
import { NotComplete } from './prepare.ts';
import { consentedTo } from './store-consent.ts';

/**
 * The consent a correction brings for sensitive answers the case did not have before (个人信息保护法 art. 29); nothing when
 * there are none. Throws `NotComplete` when there are some and nobody consented.
 */
export async function addedConsent(
  db: Db,
  { elements, mayConsent }: { elements: Elements; mayConsent: MayConsent },
  { actor, command, at }: { actor: Doer; command: Command; at: string },
  { plan }: Case,
): Promise<(Consent & { person: string }) | undefined> {
  if (command.type !== 'resubmit') return undefined;
  const asked = consentElements(elements, command.answers);
  if (asked.length === 0) return undefined;
  const known = await consentedTo(db, plan);
  const ids = asked.filter((id) => !known.includes(id));
  if (ids.length === 0) return undefined;
  if (command.consent !== consentText) throw new NotComplete([{ field: 'consent', code: 'consent-missing' }], [], []);
  const who = actor.kind === 'person' ? actor : { ...plan.applicant, region: plan.region };
  await mayConsent(who, dayOf(at));
  return { elements: ids, text: consentText, as: consentsAs(elements, ids, command.answers, who.name), person: who.id };
}
