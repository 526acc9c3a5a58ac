import type { Item } from '../../catalog/door.ts';
import type { Identity } from '../../identity/door.ts';
import { AccountFrame } from '../account/account-frame.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { dayText, timeText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import { leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { ReachFields } from './reach.tsx';

type Organisations = Identity['organisations'];
type Powers = Awaited<ReturnType<Organisations['powers']>>;
type Power = Powers['rows'][number];
type Acts = Awaited<ReturnType<Organisations['acts']>>;
type PowersProps = {
  view: View;
  /** Which page of the powers, and which of the acts. */
  at: { page: number; acts: number };
  powers: Powers;
  acts: Acts;
  items: Item[];
  wrong: Wrong;
  typed: Form;
  chosen: string[];
  done: boolean;
};

/** Who may act for the organisation: seen, given and taken back by its legal representative. */
export function PowersPage(props: PowersProps) {
  const { view, wrong, done } = props;
  const { say, actor } = view;
  const title = say('organisation.powers.title');
  const name = actor.kind === 'person' ? (actor.for?.name ?? '') : '';
  return (
    <AccountFrame view={view} title={title} inner wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, ['name', 'id_card', 'until'])} />
        {done && (
          <Notice kind="good" live>
            <p>{say('organisation.powers.done')}</p>
          </Notice>
        )}
        <Heading title={title} lead={say('organisation.powers.lead', { name })} />
        <PowersHeld {...props} />
        <Give {...props} />
        <ActsDone {...props} />
      </Columns>
    </AccountFrame>
  );
}

function PowersHeld({ view, at, powers, items }: PowersProps) {
  const { say, lang } = view;
  const tasks = powers.rows.map((power) => ({
    title: power.holder,
    note: [
      power.kind === 'representative' ? say('organisation.representative') : reachText(view, power, items),
      power.until ? say('organisation.until', { day: dayText(lang, power.until) }) : say('organisation.noEnd'),
    ].join('\n'),
    state: power.kind === 'agent' && <Change view={view} power={power} />,
  }));
  return (
    <Section id="powers" title={say('organisation.powers.list')}>
      <TaskList label={say('organisation.powers.list')} tasks={tasks} />
      <Pagination view={view} {...leafing(at.page, powers, '/organisation/powers')} />
    </Section>
  );
}

function Change({ view, power }: { view: View; power: Power }) {
  const { say } = view;
  const words = { name: power.holder };
  const href = `/organisation/powers/${power.ref}`;
  return (
    <form method="post" action={`${href}/revoke`}>
      <Csrf view={view} />
      <Button kind="link" href={href} label={say('organisation.limitLabel', words)}>
        {say('organisation.limit')}
      </Button>{' '}
      <Button kind="link" label={say('organisation.revokeLabel', words)}>
        {say('organisation.revoke')}
      </Button>
    </form>
  );
}

function Give({ view, items, wrong, typed, chosen }: PowersProps) {
  const { say } = view;
  return (
    <Section id="give" title={say('organisation.give.title')}>
      <p>{say('organisation.give.lead')}</p>
      <form method="post" action="/organisation/powers" noValidate>
        <Csrf view={view} />
        <Field
          view={view}
          name="name"
          label={say('organisation.give.name')}
          value={typed.name}
          width="medium"
          error={wrong.name}
        />
        <Field
          view={view}
          name="id_card"
          label={say('organisation.give.idCard')}
          value={typed.id_card}
          width="medium"
          error={wrong.id_card}
        />
        <ReachFields view={view} items={items} chosen={chosen} until={typed.until ?? ''} wrong={wrong} />
        <ButtonRow>
          <Button icon="check">{say('organisation.give.go')}</Button>
        </ButtonRow>
      </form>
    </Section>
  );
}

function ActsDone({ view, at, acts, items }: PowersProps) {
  const { say } = view;
  const tasks = acts.rows.map((act) => ({
    title: `${say(`organisation.act.${act.act}`)} · ${act.holder}`,
    note: [
      timeText(view, act.at),
      ...(act.act === 'grant' || act.act === 'limit' ? [reachText(view, act, items)] : []),
    ].join('\n'),
  }));
  return (
    <Section id="acts" title={say('organisation.acts')}>
      <TaskList label={say('organisation.acts')} tasks={tasks} />
      <Pagination
        view={view}
        label={say('organisation.actPages')}
        {...leafing(at.acts, acts, '/organisation/powers', {}, 'acts')}
      />
    </Section>
  );
}

function reachText({ say, lang }: View, { items: ids }: { items: string[] | null }, items: Item[]): string {
  if (!ids) return say('organisation.allItems');
  return ids.map((id) => items.find((item) => item.id === id)?.plain[lang] ?? id).join(say('organisation.comma'));
}
