import type { OpenSession } from '../../identity/door.ts';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';
import { Sessions } from './sessions.tsx';

type AccountProps = {
  view: View;
  account?: { login: string; hasPassword: boolean };
  sessions: OpenSession[];
  /** What was just done. */
  done?: string;
};

/** My sign-in at a glance, each line with the way to change it. */
export function AccountPage({ view, account, sessions, done }: AccountProps) {
  const { say } = view;
  return (
    <AccountFrame view={view} title={say('account.title')}>
      <Columns>
        {(done === 'password' || done === 'ended') && (
          <Notice kind="good" live>
            <p>{say(done === 'password' ? 'account.changed' : 'account.ended')}</p>
          </Notice>
        )}
        <Heading title={say('account.title')} lead={say('account.lead')} />
        {account && (
          <SummaryList
            view={view}
            label={say('account.title')}
            rows={[
              { key: say('account.login'), value: account.login },
              {
                key: say('account.password'),
                value: say(account.hasPassword ? 'account.passwordSet' : 'account.passwordNone'),
                href: '/account/password',
              },
            ]}
          />
        )}
        <Sessions view={view} sessions={sessions} />
      </Columns>
    </AccountFrame>
  );
}
