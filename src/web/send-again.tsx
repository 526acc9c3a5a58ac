import type { FastifyRequest } from 'fastify';
import type { ProblemCode } from '../platform/door.ts';
import { Button } from './components/button/button.tsx';
import { Csrf } from './components/csrf/csrf.tsx';
import { Section } from './components/layout/layout.tsx';
import { longForm } from './forms.ts';
import type { View } from './view.ts';

/** A form as it was sent, to be sent again by the person who wrote it. */
export type SendAgain = { action: string; fields: [string, string][] };

/** Larger ones are only shown: their words are all there to be copied. */
const largest = 200_000;

/**
 * The form to offer once more, when all that was missing is who sends it. Never one that another site made the browser
 * send, which one press would then make true; and none at a device, where the next person may be another one.
 */
export function sendAgainOf(request: FastifyRequest, code: ProblemCode): SendAgain | undefined {
  const awaitsPerson = code === 'page-expired' || code === 'confirm-first';
  const { bodyLimit } = request.routeOptions;
  if (!awaitsPerson || request.method !== 'POST' || bodyLimit !== longForm.bodyLimit) return undefined;
  if (request.device || !fromThisSite(request)) return undefined;
  const fields = fieldsOf(request.body);
  const length = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return length > largest ? undefined : { action: request.url.replace(/^\/+/, '/'), fields };
}

/** Whether a page of this very origin sent it, as the browser says and no page can pretend. */
function fromThisSite({ headers, protocol, host }: FastifyRequest): boolean {
  const said = headers['sec-fetch-site'];
  return said === undefined ? headers.origin === `${protocol}://${host}` : said === 'same-origin';
}

/** Every field with each of its values, but for the token. */
function fieldsOf(body: unknown): [string, string][] {
  return Object.entries(body ?? {}).flatMap(([name, given]): [string, string][] => {
    const values: unknown[] = name === '_csrf' ? [] : [given].flat();
    return values.flatMap((value) => (typeof value === 'string' ? [[name, value]] : []));
  });
}

type Props = { view: View; code: ProblemCode; form: SendAgain };

/**
 * First to sign in, in a window beside; then to press on, which comes back here with a token of whoever is signed in
 * now, by name. Only that press sends the form.
 */
export function SendAgainForm({ view, code, form }: Props) {
  const { say, actor } = view;
  const signedIn = actor.kind !== 'guest';
  const first = code === 'confirm-first' ? 'confirm' : signedIn ? undefined : 'signIn';
  return (
    <Section id="again" title={say('problem.sendAgain.title')}>
      {signedIn && <p>{say('problem.sendAgain.as', { name: actor.name })}</p>}
      {first && (
        <p>
          <a class="alone" href={first === 'confirm' ? '/account/confirm' : '/sign-in'} target="_blank" rel="noopener">
            {say(`problem.sendAgain.${first}`)}
          </a>
        </p>
      )}
      <form method="post" action={form.action}>
        {signedIn && <Csrf view={view} />}
        {form.fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="button-row">
          <Button icon="send">{say(signedIn ? 'problem.sendAgain.send' : 'problem.sendAgain.goOn')}</Button>
        </p>
      </form>
    </Section>
  );
}
