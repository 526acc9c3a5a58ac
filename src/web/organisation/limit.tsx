import type { Item } from '../../catalog/door.ts';
import { AccountFrame } from '../account/account-frame.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { ReachFields } from './reach.tsx';

type LimitProps = {
  view: View;
  power: { ref: string; holder: string; items: string[] | null; until: string | null };
  items: Item[];
  wrong: Wrong;
};

/** What one agent may do, changed. */
export function LimitPage({ view, power, items, wrong }: LimitProps) {
  const { say } = view;
  const title = say('organisation.limitLabel', { name: power.holder });
  return (
    <AccountFrame view={view} title={title} inner wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        <Heading title={title} />
        <form method="post" action={`/organisation/powers/${power.ref}`} noValidate>
          <Csrf view={view} />
          <ReachFields view={view} items={items} chosen={power.items ?? []} until={power.until ?? ''} wrong={wrong} />
          <ButtonRow>
            <Button icon="check">{say('organisation.limitGo')}</Button>
            <Button kind="link" href="/organisation/powers">
              {say('organisation.back')}
            </Button>
          </ButtonRow>
        </form>
      </Columns>
    </AccountFrame>
  );
}
