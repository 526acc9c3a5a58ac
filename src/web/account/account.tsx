import { can, type OpenSession, type Passkey, type StartGiven } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';
import { type Factors, SecondFactorPart } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';
import { startText } from './start-given.tsx';

type AccountProps = {
  view: View;
  account?: { login: string; hasPassword: boolean };
  /** Who last gave the account another start code. */
  start?: StartGiven;
  factors?: Factors;
  passkeys: Passkey[];
  /** Which page of the sessions. */
  at: number;
  sessions: Page<OpenSession>;
  /** What was just done. */
  done?: string;
};

/** What was done a moment ago, by the word in the address. */
const messages: Record<string, string> = {
  password: 'account.changed',
  ended: 'account.ended',
  removed: 'account.second.removed',
  passkey: 'account.passkey.added',
};

/** My sign-in at a glance, each line with the way to change it. */
export function AccountPage({ view, account, start, factors, passkeys, at, sessions, done }: AccountProps) {
  const { say } = view;
  const message = done ? messages[done] : undefined;
  const { actor } = view;
  const lends = actor.kind === 'staff' && can(actor, 'power.lend', { kind: 'inbox', agency: actor.agency });
  return (
    <AccountFrame view={view} title={say('account.title')}>
      <Columns>
        {message && (
          <Notice kind="good" live>
            <p>{say(message)}</p>
          </Notice>
        )}
        <Heading title={say('account.title')} lead={say(account ? 'account.lead' : 'account.leadPerson')} />
        {account && (
          <SummaryList
            view={view}
            label={say('account.title')}
            rows={[
              { key: say('account.login'), value: account.login },
              ...(actor.kind === 'staff' ? [{ key: say('account.agency'), value: actor.agencyName[view.lang] }] : []),
              {
                key: say('account.password'),
                value: say(account.hasPassword ? 'account.passwordSet' : 'account.passwordNone'),
                href: '/account/password',
                note: start && startText(view, start),
              },
              ...(lends
                ? [{ key: say('account.lending.title'), value: say('account.lending.short'), href: '/account/lending' }]
                : []),
            ]}
          />
        )}
        {factors && <SecondFactorPart view={view} factors={factors} passkeys={passkeys} />}
        {view.actor.kind === 'person' && (
          <ButtonRow>
            <Button kind="secondary" icon="shield-check" href="/account/data">
              {say('rights.title')}
            </Button>
            <Button kind="secondary" icon="building-2" href="/organisation">
              {say('organisation.choose.title')}
            </Button>
          </ButtonRow>
        )}
        <Sessions view={view} at={at} sessions={sessions} />
      </Columns>
    </AccountFrame>
  );
}
