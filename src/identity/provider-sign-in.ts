import { type Clock, type Db, dayOf, type IdSource, Problem, type Text } from '../platform/door.ts';
import { digest } from './cookie.ts';
import { personOfAccount } from './linking.ts';
import type { Organisations } from './organisations.ts';
import type { Persons } from './persons.ts';
import type { Provider } from './provider.ts';
import { readClaims } from './provider-claims.ts';
import { acrsFrom, levelOf, type ProviderProfile } from './provider-profile.ts';
import type { Session, SessionFrom, Sessions } from './sessions.ts';
import { addRequest, takeRequest } from './store-links.ts';

/** What somebody who goes to the provider wants: to be surer than for an ordinary sign-in, and where to go on. */
export type Wish = {
  region: string;
  next: string;
  lang: string;
  /** The cookie of the browser, when it has one. */
  browser?: string;
  /** For which act they have to be surer. */
  need?: keyof ProviderProfile['needs'];
  /** Asks anew though the browser is signed in there: proof of a moment ago. */
  again?: boolean;
};
export type ProviderSignIn = ReturnType<typeof openProviderSignIn>;

type Needs = {
  db: Db;
  ids: IdSource;
  clock: Clock;
  persons: Persons;
  organisations: Organisations;
  sessions: Sessions;
  provider: Provider;
  profile: ProviderProfile;
};
const timeToComeBack = 10 * 60_000;

/** How citizens and enterprises come in: through a provider that knows them. */
export function openProviderSignIn({ db, ids, clock, persons, organisations, sessions, provider, profile }: Needs) {
  return { name: profile.name as Text, needs: profile.needs, begin, finish, leave: provider.leave };

  /** Where to send the browser, and the cookie by which it is known when it comes back. */
  async function begin(wish: Wish): Promise<{ url: string; browser: string }> {
    const { region, next, lang, need } = wish;
    const browser = /^[\w-]{43}$/.test(wish.browser ?? '') ? (wish.browser as string) : ids.token();
    const [state, nonce, verifier] = [ids.token(), ids.token(), ids.token()];
    const level = profile.needs[need ?? 'signIn'];
    const url = await provider.ask({
      ...{ state, nonce, verifier, lang, scope: profile.scope },
      ...{ acrs: acrsFrom(profile, level), again: need !== undefined || wish.again === true },
    });
    const at = clock();
    const expiresAt = new Date(at.getTime() + timeToComeBack);
    const request = { region, state: digest(state), browser: digest(browser), nonce, verifier, next, level };
    await addRequest(db, request, at, expiresAt);
    return { url, browser };
  }

  /**
   * Lets in who came back from the provider. A request is good once, in the browser that began it. Throws what
   * `Provider.hear` throws, `provider-level-low`, `provider-claims-wrong` and `provider-link-conflict`; with
   * `unasked` when this browser has asked nothing that this could be the answer to.
   */
  async function finish(
    { region, query, browser = '' }: { region: string; query: string; browser?: string },
    from: SessionFrom,
  ): Promise<{ session: Session; next: string }> {
    const at = clock();
    const state = new URLSearchParams(query).get('state') ?? '';
    const request = await takeRequest(db, { region, state: digest(state), browser: digest(browser) }, at);
    if (!request) throw new Problem('provider-answer-wrong', { unasked: 1 });
    const answer = await provider.hear(query, { ...request, state });
    const level = levelOf(profile, answer.acr);
    if (level < request.level) throw new Problem('provider-level-low');
    const told = readClaims(profile, answer.claims, dayOf(at));
    if ('wrong' in told) throw new Problem('provider-claims-wrong');
    const account = { region, issuer: answer.issuer, subject: answer.subject };
    const person = await personOfAccount({ db, persons }, account, told, at);
    const subject = { kind: 'person', region, id: person.id } as const;
    const organisation = told.organisation
      ? await organisations.come(person, told.organisation, answer.issuer)
      : await keptFrom(from, person.id, at);
    const session = await sessions.start(subject, at, { ...from, via: answer.issuer, level, organisation });
    return { session, next: request.next };
  }

  /** Who only became surer goes on acting for whom they acted. */
  async function keptFrom({ replaces, on }: SessionFrom, person: string, at: Date): Promise<string | undefined> {
    const before = replaces ? await sessions.read(replaces, at, { on: on?.id }) : undefined;
    return before?.actor.kind === 'person' && before.actor.id === person ? before.actor.for?.id : undefined;
  }
}
