import type { Persona } from '../../identity/door.ts';
import type { Text } from '../../platform/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { CardButton, CardGrid } from '../components/link-card/link-card.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import type { View } from '../view.ts';
import { ProviderPart } from './provider.tsx';

type SignInProps = {
  view: View;
  personas: Persona[];
  /** Where citizens and enterprises sign in, when there is such a place. */
  provider?: Text;
  next: string;
  name: string;
  failed: boolean;
  /** The reader was signed in, and came here for a page that asks for it again. */
  ended: boolean;
  /** The reader has just set a password with a code. */
  started: boolean;
  minutes: number;
  /** Where nobody but citizens signs in. */
  atKiosk: boolean;
};

/** In a demonstration one press on a person; for who applies the provider; for staff name and password. */
export function SignInPage(props: SignInProps) {
  const { view, personas, provider, failed, ended, started } = props;
  const { say } = view;
  const title = say('signIn.title');
  return (
    <Page view={view} area="portal" title={title} wrong={failed}>
      <ErrorSummary view={view} errors={failed ? [{ field: 'name', message: whatFailed(props) }] : []} />
      {ended && (
        <Notice live title={say('signIn.ended.title')}>
          <p>{say('signIn.ended.advice')}</p>
        </Notice>
      )}
      {started && (
        <Notice kind="good" live>
          <p>{say('signIn.start.done')}</p>
        </Notice>
      )}
      {personas.length > 0 && <Personas {...props} />}
      {provider && <ProviderPart view={view} name={provider} next={props.next} first={personas.length === 0} />}
      {!props.atKiosk && <StaffForm {...props} />}
    </Page>
  );
}

function Personas({ view, personas, next, atKiosk }: SignInProps) {
  const { say, lang } = view;
  return (
    <>
      <Heading title={say('signIn.title')} lead={say('signIn.demo')} />
      <form method="post" action="/sign-in">
        <Csrf view={view} />
        <input type="hidden" name="next" value={next} />
        {(atKiosk ? (['citizen'] as const) : (['citizen', 'staff'] as const)).map((group) => (
          <Section id={group} title={say(`identity.group.${group}`)}>
            <CardGrid columns={3} label={say(`identity.group.${group}`)}>
              {personas
                .filter((persona) => persona.group === group)
                .map(({ id, name, role, note }) => (
                  <CardButton
                    name="persona"
                    value={id}
                    icon={group === 'citizen' ? 'user' : 'id-card'}
                    title={`${name} · ${role[lang]}`}
                    note={note[lang]}
                  />
                ))}
            </CardGrid>
          </Section>
        ))}
      </form>
    </>
  );
}

/** The same for a wrong name and a wrong password. */
function whatFailed({ view: { say }, minutes }: SignInProps): string {
  if (minutes > 0) return say('signIn.wait', { minutes });
  return `${say('problem.sign-in-failed.title')}${say('portal.colon')}${say('problem.sign-in-failed.advice')}`;
}

/** For staff. In a demonstration it stands below the people, for accounts that were given a password. */
function StaffForm(props: SignInProps) {
  const { view, personas, provider } = props;
  const { say } = view;
  if (personas.length === 0 && !provider)
    return (
      <Columns>
        <Heading title={say('signIn.title')} lead={say('signIn.staff')} />
        <PasswordForm {...props} />
      </Columns>
    );
  return (
    <Section id="password-form" title={say(personas.length > 0 ? 'signIn.withPassword' : 'signIn.provider.staff')}>
      <Columns>
        <PasswordForm {...props} />
      </Columns>
    </Section>
  );
}

function PasswordForm(props: SignInProps) {
  const { view, provider, next, name, failed } = props;
  const { say } = view;
  return (
    <form method="post" action="/sign-in" noValidate>
      <Csrf view={view} />
      <input type="hidden" name="next" value={next} />
      <Field
        view={view}
        name="name"
        label={say('signIn.name')}
        value={name}
        width="medium"
        autoComplete="username"
        error={failed ? whatFailed(props) : undefined}
      />
      <Field
        view={view}
        name="password"
        type="password"
        label={say('signIn.password')}
        width="medium"
        autoComplete="current-password"
      />
      <ButtonRow>
        <Button kind={provider ? 'secondary' : 'primary'} icon="log-in">
          {say('components.page.signIn')}
        </Button>
        <Button kind="link" href="/sign-in/start">
          {say('signIn.start.title')}
        </Button>
      </ButtonRow>
    </form>
  );
}
