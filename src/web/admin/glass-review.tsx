import { spokenNumber } from '../../cases/door.ts';
import type { Opening } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { timeText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';

/** A form that was not taken: about which access, what is wrong, what was typed. */
export type RefusedReview = { power: string; wrong: Wrong; typed: Form };
type ReviewProps = { view: View; page: number; found: Page<Opening>; done?: string; refused?: RefusedReview };

/** Accesses in an emergency, those nobody has reviewed first. */
export function GlassReviewPage({ view, page, found, done, refused }: ReviewProps) {
  const { say } = view;
  const title = say('admin.place.glass');
  const errors = summaryOf(refused?.wrong ?? {}).map(({ field, message }) => ({
    field: `${field}-${refused?.power}`,
    message,
  }));
  return (
    <AdminPage view={view} title={title} place="glass" wrong={errors.length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={errors} />
        {done === 'reviewed' && (
          <Notice kind="good" live>
            <p>{say('admin.glass.reviewed')}</p>
          </Notice>
        )}
        <Heading title={title} lead={say('admin.glass.reviewLead')} />
        {isEmpty(page, found) && <EmptyState icon="siren" title={say('admin.glass.none')} />}
        {found.rows.map((opening) => (
          <OneOpening
            view={view}
            page={page}
            opening={opening}
            refused={opening.id === refused?.power ? refused : undefined}
          />
        ))}
        <Pagination view={view} {...leafing(page, found, '/admin/break-glass')} />
      </Columns>
    </AdminPage>
  );
}

type OneProps = { view: View; page: number; opening: Opening; refused?: RefusedReview };

function OneOpening({ view, page, opening, refused }: OneProps) {
  const { say } = view;
  const { id, name, number, reason, at, verdict, remark, reviewer } = opening;
  const rows = [
    { key: say('admin.glass.number'), value: spokenNumber(number) },
    { key: say('admin.person.reason'), value: reason },
    ...(verdict
      ? [
          { key: say('admin.glass.verdict'), value: say(`admin.glass.${verdict}`), note: remark || undefined },
          { key: say('admin.glass.reviewer'), value: reviewer ?? '' },
        ]
      : []),
  ];
  return (
    <Section id={`opening-${id}`} title={`${name} · ${timeText(view, at)}`}>
      <SummaryList view={view} label={name} rows={rows} />
      {!verdict && <ReviewForm view={view} page={page} id={id} refused={refused} />}
    </Section>
  );
}

type FormProps = { view: View; page: number; id: string; refused?: RefusedReview };

/** Posts with the page it stands on: refused, it comes back there. */
function ReviewForm({ view, page, id, refused }: FormProps) {
  const { say } = view;
  const options = ['justified', 'unjustified'].map((value) => ({ value, label: say(`admin.glass.${value}`) }));
  return (
    <form method="post" action={`/admin/break-glass/${id}${page > 1 ? `?page=${page}` : ''}`} noValidate>
      <Csrf view={view} />
      <Radios
        view={view}
        name="verdict"
        id={`verdict-${id}`}
        label={say('admin.glass.verdict')}
        options={options}
        value={refused?.typed.verdict}
        error={refused?.wrong.verdict}
        inline
      />
      <Field
        view={view}
        name="remark"
        id={`remark-${id}`}
        label={say('admin.glass.remark')}
        value={refused?.typed.remark}
        error={refused?.wrong.remark}
        optional
      />
      <ButtonRow>
        <Button icon="check">{say('admin.glass.review')}</Button>
      </ButtonRow>
    </form>
  );
}
