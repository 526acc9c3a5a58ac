import type { Case } from '../../cases/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import type { View } from '../view.ts';
import { branchesOf } from './story.ts';

/** Are you sure: what a withdrawal stops, what stays. */
export function WithdrawPage({ view, theCase, command }: { view: View; theCase: Case; command: string }) {
  const { say, lang } = view;
  const { plan, state } = theCase;
  const title = say('portal.withdraw.title');
  const here = `/cases/${plan.number}`;
  const granted = branchesOf(theCase).filter((branch) => branch.state.status === 'granted').length;
  return (
    <Page view={view} area="portal" current="cases" title={title} back={<BackLink view={view} href={here} />}>
      <Columns>
        <Heading title={title} about={plan.subject.name[lang]} lead={say('portal.withdraw.lead')} />
        {granted > 0 && <Notice kind="warn">{say('portal.withdraw.granted', { count: granted })}</Notice>}
        <form method="post">
          <Csrf view={view} />
          <input type="hidden" name="command" value={command} />
          <input type="hidden" name="version" value={state.version} />
          <ButtonRow>
            <Button kind="warning">{say('portal.withdraw.yes')}</Button>
            <Button kind="secondary" href={here}>
              {say('portal.withdraw.no')}
            </Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
