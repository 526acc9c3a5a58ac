import { type Case, spokenNumber } from '../../cases/door.ts';
import { type Level, levels, type Reason } from '../../rating/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Checkboxes } from '../components/checkboxes/checkboxes.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { Panel } from '../components/panel/panel.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { Why } from '../components/why/why.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';

type GradeProps = { view: View; theCase: Case; missing: boolean };

/** First step: one of five grades. None is chosen for the reader. */
export function GradePage({ view, theCase, missing }: GradeProps) {
  const { say, lang } = view;
  const { number, subject } = theCase.plan;
  const title = say('portal.rate.title');
  const error = missing ? say('portal.rate.choose') : undefined;
  return (
    <Page
      view={view}
      area="portal"
      current="cases"
      title={title}
      wrong={missing}
      back={<BackLink view={view} href={`/cases/${number}`} />}
    >
      <Columns aside={<Confidential view={view} />}>
        <ErrorSummary view={view} errors={error ? [{ field: 'level', message: error }] : []} />
        <form method="get">
          <input type="hidden" name="asked" value="yes" />
          <Radios
            view={view}
            name="level"
            title
            label={title}
            hint={subject.name[lang]}
            error={error}
            options={levels.map((level) => ({ value: String(level), label: say(`rating.level.${level}`) }))}
          />
          <ButtonRow>
            <Button>{say('portal.apply.continue')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}

function Confidential({ view }: { view: View }) {
  const { say } = view;
  return (
    <Why view={view} title={say('portal.rate.voluntaryTitle')}>
      <p>{say('portal.rate.voluntary')}</p>
      <p>{say('portal.rate.confidential')}</p>
    </Why>
  );
}

type ReasonsProps = {
  view: View;
  theCase: Case;
  level: Level;
  reasons: Reason[];
  chosen: string[];
  comment: string;
  /** Only so many characters of a comment without end are kept. */
  cut: number | undefined;
  longest: number;
  wrong: Wrong;
  command: string;
};

/** Second step: the reasons of that grade, as many as fit, and free words. All of it may be left out. */
export function ReasonsPage({
  view,
  theCase,
  level,
  reasons,
  chosen,
  comment,
  cut,
  longest,
  wrong,
  command,
}: ReasonsProps) {
  const { say } = view;
  const here = `/cases/${theCase.plan.number}/rate`;
  const title = say('portal.rate.reasonsTitle');
  const errors = summaryOf(wrong);
  return (
    <Page
      view={view}
      area="portal"
      current="cases"
      title={title}
      wrong={errors.length > 0}
      back={<BackLink view={view} href={here} />}
    >
      <Columns aside={<Confidential view={view} />}>
        <ErrorSummary view={view} errors={errors} cut={cut} />
        <Heading title={title} about={theCase.plan.subject.name[view.lang]} />
        <SummaryList
          view={view}
          rows={[{ key: say('portal.rate.grade'), value: say(`rating.level.${level}`), href: here }]}
        />
        <form method="post" action={here} noValidate>
          <Csrf view={view} />
          <input type="hidden" name="command" value={command} />
          <input type="hidden" name="level" value={level} />
          <Checkboxes
            view={view}
            name="codes"
            optional
            label={say('portal.rate.reasons')}
            error={wrong.codes}
            values={chosen}
            options={reasons.map(({ code, text }) => ({ value: code, label: say(text) }))}
          />
          <TextArea
            view={view}
            name="comment"
            optional
            label={say('portal.rate.comment')}
            hint={say('portal.rate.commentHint', { max: longest })}
            error={wrong.comment}
            value={comment}
          />
          <ButtonRow>
            <Button icon="send">{say('portal.rate.send')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}

/** It has arrived; what was said, and what happens after a bad rating. */
export function RatedPage({
  view,
  theCase,
  rating,
}: {
  view: View;
  theCase: Case;
  rating: { level: Level; codes: string[]; comment: string };
}) {
  const { say } = view;
  const title = say('portal.rate.thanks');
  const { number, subject } = theCase.plan;
  const bad = rating.level <= 2;
  const rows = [
    { key: say('portal.rate.subject'), value: subject.name[view.lang] },
    { key: say('portal.submitted.number'), value: <span class="code">{spokenNumber(number)}</span> },
    { key: say('portal.rate.grade'), value: say(`rating.level.${rating.level}`) },
    ...(rating.codes.length > 0
      ? [
          {
            key: say('portal.rate.reasonsGiven'),
            value: rating.codes.map((code) => say(`rating.reason.${code}`)).join('\n'),
          },
        ]
      : []),
    ...(rating.comment ? [{ key: say('portal.rate.comment'), value: rating.comment }] : []),
  ];
  return (
    <Page view={view} area="portal" current="cases" title={title}>
      <Columns>
        <Panel title={title} calm={bad} note={say(bad ? 'portal.rate.thanksBad' : 'portal.rate.thanksGood')} />
        <SummaryList view={view} rows={rows} />
        <ButtonRow>
          <Button href={`/cases/${number}`}>{say('portal.rate.backToCase')}</Button>
        </ButtonRow>
      </Columns>
    </Page>
  );
}
