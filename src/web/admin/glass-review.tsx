import { spokenNumber } from '../../cases/door.ts';
import type { Opening } from '../../identity/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { timeText } from '../format.ts';
import type { Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';

type ReviewProps = { view: View; openings: Opening[]; done?: string; wrong: Wrong; power: string };

/** Every access in an emergency, those nobody has reviewed first. */
export function GlassReviewPage({ view, openings, done, wrong, power }: ReviewProps) {
  const { say } = view;
  const title = say('admin.place.glass');
  const errors = wrong.verdict ? [{ field: `verdict-${power}`, message: wrong.verdict }] : [];
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
        {openings.length === 0 && <EmptyState icon="siren" title={say('admin.glass.none')} />}
        {openings.map((opening) => (
          <OneOpening view={view} opening={opening} error={opening.id === power ? wrong.verdict : undefined} />
        ))}
      </Columns>
    </AdminPage>
  );
}

function OneOpening({ view, opening, error }: { view: View; opening: Opening; error?: string }) {
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
      {!verdict && <ReviewForm view={view} id={id} error={error} />}
    </Section>
  );
}

function ReviewForm({ view, id, error }: { view: View; id: string; error?: string }) {
  const { say } = view;
  const options = ['justified', 'unjustified'].map((value) => ({ value, label: say(`admin.glass.${value}`) }));
  return (
    <form method="post" action={`/admin/break-glass/${id}`} noValidate>
      <Csrf view={view} />
      <Radios
        view={view}
        name="verdict"
        id={`verdict-${id}`}
        label={say('admin.glass.verdict')}
        options={options}
        error={error}
        inline
      />
      <Field view={view} name="remark" id={`remark-${id}`} label={say('admin.glass.remark')} optional maxLength={300} />
      <ButtonRow>
        <Button icon="check">{say('admin.glass.review')}</Button>
      </ButtonRow>
    </form>
  );
}
