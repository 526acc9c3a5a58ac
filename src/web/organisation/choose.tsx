import type { Page } from '../../platform/door.ts';
import { AccountFrame } from '../account/account-frame.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { safeNext } from '../forms.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';

type Choice = { id: string; name: string; creditCode: string };
type ChooseProps = { view: View; at: number; choices: Page<Choice>; next?: string };

/** For oneself or for an organisation: what is begun, handed in and seen belongs to whom one acts for. */
export function ChoosePage({ view, at, choices, next }: ChooseProps) {
  const { say, actor } = view;
  const title = say('organisation.choose.title');
  const actsFor = actor.kind === 'person' ? actor.for : undefined;
  const myself = actor.kind === 'guest' ? '' : actor.name;
  const none = isEmpty(at, choices);
  const onwards = safeNext(next, '');
  // Whom one acts for stands on every page: who leafs on and presses the button has changed nothing.
  const now = actsFor && !choices.rows.some(({ id }) => id === actsFor.id) ? [actsFor] : [];
  return (
    <AccountFrame view={view} title={title} inner>
      <Columns>
        <Heading title={title} lead={say(none ? 'organisation.choose.none' : 'organisation.choose.lead')} />
        {!none && (
          <form method="post" action="/organisation">
            <Csrf view={view} />
            <input type="hidden" name="next" value={onwards} />
            <Radios
              view={view}
              name="organisation"
              label={say('organisation.choose.who')}
              value={actsFor?.id ?? ''}
              options={[
                { value: '', label: say('organisation.choose.myself', { name: myself }) },
                ...[...now, ...choices.rows].map(({ id, name, creditCode }) => ({
                  value: id,
                  label: name,
                  hint: creditCode,
                })),
              ]}
            />
            <ButtonRow>
              <Button icon="check">{say('organisation.choose.go')}</Button>
              {actsFor?.representative && (
                <Button kind="secondary" href="/organisation/powers">
                  {say('organisation.powers.title')}
                </Button>
              )}
            </ButtonRow>
          </form>
        )}
        <Pagination view={view} {...leafing(at, choices, '/organisation', onwards ? { next: onwards } : {})} />
      </Columns>
    </AccountFrame>
  );
}
