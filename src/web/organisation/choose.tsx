import { AccountFrame } from '../account/account-frame.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { safeNext } from '../forms.ts';
import type { View } from '../view.ts';

type ChooseProps = { view: View; choices: { id: string; name: string; creditCode: string }[]; next?: string };

/** For oneself or for an organisation: what is begun, handed in and seen belongs to whom one acts for. */
export function ChoosePage({ view, choices, next }: ChooseProps) {
  const { say, actor } = view;
  const title = say('organisation.choose.title');
  const actsFor = actor.kind === 'person' ? actor.for : undefined;
  const myself = actor.kind === 'guest' ? '' : actor.name;
  return (
    <AccountFrame view={view} title={title} inner>
      <Columns>
        <Heading
          title={title}
          lead={say(choices.length > 0 ? 'organisation.choose.lead' : 'organisation.choose.none')}
        />
        {choices.length > 0 && (
          <form method="post" action="/organisation">
            <Csrf view={view} />
            <input type="hidden" name="next" value={safeNext(next, '')} />
            <Radios
              view={view}
              name="organisation"
              label={say('organisation.choose.who')}
              value={actsFor?.id ?? ''}
              options={[
                { value: '', label: say('organisation.choose.myself', { name: myself }) },
                ...choices.map(({ id, name, creditCode }) => ({ value: id, label: name, hint: creditCode })),
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
      </Columns>
    </AccountFrame>
  );
}
