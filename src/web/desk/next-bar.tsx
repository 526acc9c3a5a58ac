import { scopeOf } from '../../identity/door.ts';
import { ActionBar } from '../components/action-bar/action-bar.tsx';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { type Desk, worksCounter, worksInbox } from './desk.ts';

/** Whether this person decides for their agency; a lead only looks. */
export function mayTake({ actor }: Desk): boolean {
  return scopeOf(actor, 'branch.claim').length > 0;
}

/** Takes the most urgent branch nobody has and opens it: one key from the list to the work. */
export function NextForm({ desk }: { desk: Desk }) {
  return (
    <form method="post" action="/desk/next">
      <Csrf view={desk.view} />
      <Button icon="arrow-right" shortcut="n">
        {desk.view.say('desk.inbox.next')}
      </Button>
    </form>
  );
}

/** The way on when there is nothing left to do on a case: the next one, in the list it came from if anything waits there. */
export function NextBar({ desk, inbox = false }: { desk: Desk; inbox?: boolean }) {
  const { actor, counts, view } = desk;
  const takes = worksInbox(actor) && mayTake(desk) && counts.todo > 0;
  const answers = worksCounter(actor) && counts.queue > 0;
  const list = worksCounter(actor) && !(inbox && worksInbox(actor)) ? '/desk/queue' : '/desk/inbox';
  if (!worksCounter(actor) && !worksInbox(actor)) return null;
  return (
    <ActionBar label={view.say('desk.act.label')}>
      {takes && (inbox || !answers) ? (
        <NextForm desk={desk} />
      ) : (
        answers && (
          <Button href="/desk/queue/next" icon="arrow-right" shortcut="n">
            {view.say('desk.queue.next')}
          </Button>
        )
      )}
      <Button href={list} kind="secondary" shortcut="l">
        {view.say('desk.act.toList')}
      </Button>
    </ActionBar>
  );
}
