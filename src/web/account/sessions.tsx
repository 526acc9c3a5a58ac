import type { OpenSession } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Section } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { timeText } from '../format.ts';
import { leafing } from '../paging.ts';
import type { View } from '../view.ts';

/** Where one is signed in, each with a button to end it. */
export function Sessions({ view, at, sessions }: { view: View; at: number; sessions: Page<OpenSession> }) {
  const { say } = view;
  return (
    <Section id="sessions" title={say('account.sessions.title')}>
      <p>{say(view.actor.kind === 'staff' ? 'account.sessions.lead' : 'account.sessions.leadPerson')}</p>
      <TaskList
        label={say('account.sessions.title')}
        tasks={sessions.rows.map((session) => ({
          title: session.device || say('account.sessions.unknown'),
          note: [
            say('account.sessions.since', { time: timeText(view, session.since) }),
            say('account.sessions.lastSeen', { time: timeText(view, session.lastSeen) }),
          ].join('\n'),
          state: session.here ? (
            <Tag tone="good">{say('account.sessions.here')}</Tag>
          ) : (
            <End view={view} session={session} />
          ),
        }))}
      />
      <Pagination view={view} {...leafing(at, sessions, '/account#sessions')} />
      {(at > 1 || sessions.rows.length > 1) && (
        <form method="post" action="/account/sessions/end-others">
          <Csrf view={view} />
          <ButtonRow>
            <Button kind="secondary" icon="log-out">
              {say('account.sessions.endOthers')}
            </Button>
          </ButtonRow>
        </form>
      )}
    </Section>
  );
}

function End({ view, session }: { view: View; session: OpenSession }) {
  const { say } = view;
  const device = session.device || say('account.sessions.unknown');
  return (
    <form method="post" action="/account/sessions/end">
      <Csrf view={view} />
      <Button kind="link" name="ref" value={session.ref} label={say('account.sessions.endLabel', { device })}>
        {say('account.sessions.end')}
      </Button>
    </form>
  );
}
