import { type HoldRow, spokenNumber } from '../../cases/door.ts';
import type { Page } from '../../platform/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { Details } from '../components/why/why.tsx';
import { dayText, timeText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';

type HoldsProps = {
  view: View;
  /** Which page of the holds. */
  at: number;
  found: Page<HoldRow>;
  /** Names of accounts. */
  names: Map<string, string>;
  wrong: Wrong;
  typed: Form;
  done?: string;
};

/** Cases that are kept from being erased: a form for one more, then each with its reason, those that hold first. */
export function HoldsPage(props: HoldsProps) {
  const { view, at, found, wrong, done } = props;
  const { say } = view;
  const title = say('admin.place.holds');
  return (
    <AdminPage view={view} title={title} place="holds" wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        {(done === 'begun' || done === 'ended') && (
          <Notice kind="good" live>
            <p>{say(`admin.hold.done.${done}`)}</p>
          </Notice>
        )}
        <Heading title={title} lead={say('admin.hold.lead')} />
        <Begin {...props} />
        <Section id="holds" title={say('admin.hold.list')}>
          {isEmpty(at, found) && (
            <EmptyState icon="archive" title={say('admin.hold.none')} note={say('admin.hold.noneNote')} />
          )}
        </Section>
        {found.rows.map((hold) => (
          <OneHold {...props} hold={hold} />
        ))}
        <Pagination view={view} {...leafing(at, found, '/admin/holds#holds')} />
      </Columns>
    </AdminPage>
  );
}

function Begin({ view, wrong, typed }: HoldsProps) {
  const { say } = view;
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  return (
    <Section id="begin" title={say('admin.hold.begin')}>
      <form method="post" action="/admin/holds" noValidate>
        <Csrf view={view} />
        <Field {...field('number')} label={say('admin.glass.number')} />
        <Field {...field('reason')} label={say('admin.person.reason')} hint={say('admin.hold.reasonHint')} />
        <Field
          {...field('until')}
          label={say('admin.person.until')}
          hint={say('admin.hold.untilHint')}
          width="medium"
          inputMode="numeric"
          optional
        />
        <ButtonRow>
          <Button icon="archive">{say('admin.hold.begin')}</Button>
        </ButtonRow>
      </form>
    </Section>
  );
}

const tones = { holds: 'working', ended: 'plain', over: 'plain' } as const;
const stateOf = ({ holds, endedAt }: HoldRow) => (holds ? 'holds' : endedAt ? 'ended' : 'over');

function OneHold(props: HoldsProps & { hold: HoldRow }) {
  const { view, hold, names, wrong } = props;
  const { say, lang } = view;
  const { id, reason, by, from, until, endedAt, endedBy, endReason } = hold;
  const state = stateOf(hold);
  const who = (account: string, at: string) =>
    say('admin.hold.byAt', { name: names.get(account) ?? account, time: timeText(view, at) });
  const rows = [
    { key: say('admin.person.reason'), value: reason },
    { key: say('admin.hold.begun'), value: who(by, from) },
    {
      key: say('admin.hold.until'),
      value: until ? dayText(lang, new Date(Date.parse(until) - 1)) : say('admin.hold.open'),
    },
    ...(endedAt ? [{ key: say('admin.hold.lifted'), value: who(endedBy ?? '', endedAt), note: endReason ?? '' }] : []),
  ];
  return (
    <section class="section" id={`hold-${id}`} aria-labelledby={`hold-${id}-number`}>
      <div class="section-head">
        <h3 id={`hold-${id}-number`}>{spokenNumber(hold.number)}</h3>
        <Tag tone={tones[state]} icon={hold.holds ? 'archive' : undefined}>
          {say(`admin.hold.state.${state}`)}
        </Tag>
      </div>
      <SummaryList view={view} label={spokenNumber(hold.number)} rows={rows} />
      {hold.holds && (
        <Details summary={say('admin.hold.end')} open={wrong[`why-${id}`] !== undefined}>
          <End {...props} />
        </Details>
      )}
    </section>
  );
}

/** Posts with the page it stands on: refused, it comes back there. */
function End({ view, at, hold, wrong, typed }: HoldsProps & { hold: HoldRow }) {
  const { say } = view;
  const name = `why-${hold.id}`;
  return (
    <form method="post" action={`/admin/holds/${hold.id}/end${at > 1 ? `?page=${at}` : ''}`} noValidate>
      <Csrf view={view} />
      <Field
        view={view}
        name={name}
        label={say('admin.person.reason')}
        hint={say('admin.hold.endHint')}
        value={typed[name]}
        error={wrong[name]}
      />
      <ButtonRow>
        <Button kind="warning">{say('admin.hold.end')}</Button>
      </ButtonRow>
    </form>
  );
}
