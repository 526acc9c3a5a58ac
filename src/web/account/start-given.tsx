import type { StartGiven } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { timeText } from '../format.ts';
import type { View } from '../view.ts';
import { AccountFrame } from './account-frame.tsx';

/** Who gave an account another start code, and when. */
export function startText(view: View, { by, at }: StartGiven): string {
  return view.say('account.start.by', { name: by ?? view.say('account.second.need.setup'), time: timeText(view, at) });
}

/** At the first sign-in after that: whoever did not ask for it finds out. */
export function StartGivenPage({ view, given, next }: { view: View; given: StartGiven; next: string }) {
  const { say } = view;
  const title = say('account.start.title');
  return (
    <AccountFrame view={view} title={title} inner>
      <Columns>
        <Heading title={title} />
        <Notice kind="warn" title={startText(view, given)}>
          <p>{say('account.start.notYou')}</p>
        </Notice>
        <ButtonRow>
          <Button href={next} icon="check">
            {say('account.start.goOn')}
          </Button>
          <Button kind="secondary" href="/account/password">
            {say('account.change.title')}
          </Button>
        </ButtonRow>
      </Columns>
    </AccountFrame>
  );
}
