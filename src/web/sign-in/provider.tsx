import type { Problem, Text } from '../../platform/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { ProblemBody } from '../components/problem-body/problem-body.tsx';
import type { View } from '../view.ts';

type PartProps = { view: View; name: Text; next: string; first: boolean };

/** On the sign-in page: the way for everybody who applies. `first`: nothing stands above it. */
export function ProviderPart({ view, name, next, first }: PartProps) {
  const { say, lang } = view;
  const lead = say('signIn.provider.lead', { provider: name[lang] });
  return (
    <Columns>
      {first ? (
        <Heading title={say('signIn.title')} lead={lead} />
      ) : (
        <>
          <h2>{say('signIn.provider.title')}</h2>
          <p>{lead}</p>
        </>
      )}
      <ButtonRow>
        <Button icon="log-in" href={providerHref(next)}>
          {say('signIn.provider.go', { provider: name[lang] })}
        </Button>
      </ButtonRow>
    </Columns>
  );
}

const providerHref = (next: string) => `/sign-in/provider${next ? `?next=${encodeURIComponent(next)}` : ''}`;

/** The sign-in was not finished: why, and the way on. */
export function ProviderProblemPage(props: { view: View; problem: Problem; name: Text; next: string }) {
  const { view, problem, name, next } = props;
  const { say, lang } = view;
  const words = { provider: name[lang] };
  const title = say(`problem.${problem.code}.title`, words);
  return (
    <Page view={view} area="portal" title={title}>
      <ProblemBody view={view} title={title} advice={say(`problem.${problem.code}.advice`, words)}>
        <Button href={providerHref(next)}>{say('signIn.provider.again')}</Button>
        <Button kind="secondary" href="/help">
          {say('signIn.provider.help')}
        </Button>
      </ProblemBody>
    </Page>
  );
}

/** Signed out here; at the provider one may still be signed in, and the next person at this browser too. */
export function SignedOutPage({ view, name, leave }: { view: View; name?: Text; leave?: string }) {
  const { say, lang } = view;
  const title = say('signIn.left.title');
  const provider = name?.[lang] ?? '';
  return (
    <Page view={view} area="portal" title={title}>
      <Columns>
        <Heading title={title} lead={leave ? say('signIn.left.lead', { provider }) : undefined} />
        <ButtonRow>
          {leave && <Button href={leave}>{say('signIn.left.there', { provider })}</Button>}
          <Button kind={leave ? 'secondary' : 'primary'} href="/">
            {say('signIn.left.home')}
          </Button>
        </ButtonRow>
      </Columns>
    </Page>
  );
}
