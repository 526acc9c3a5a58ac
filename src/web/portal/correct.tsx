import type { CaseFile, StoredFile } from '../../cases/door.ts';
import type { AskedElement } from '../../catalog/door.ts';
import type { Answers } from '../../elements/door.ts';
import type { Division } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { FieldError } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import { Steps } from '../components/steps/steps.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { type ConsentAsked, ConsentBox } from './consent-box.tsx';
import { ElementField } from './element-field.tsx';
import { type MaterialProblem, problemText, type UploadEntry, UploadForm } from './materials.tsx';
import { Missing } from './timeline-passed.tsx';

type CorrectProps = { view: View; file: CaseFile; uploads: UploadEntry[]; kept: StoredFile[]; wrong?: MaterialProblem };

/** First step of a correction: what is missing stays in sight, and the papers go in one by one. */
export function CorrectPage({ view, file, uploads, kept, wrong }: CorrectProps) {
  const { say, lang } = view;
  const { number, subject } = file.plan;
  const title = say('portal.correct.papers');
  const here = `/cases/${number}/correct`;
  return (
    <Page
      view={view}
      area="portal"
      current="cases"
      title={title}
      wrong={wrong !== undefined}
      back={<BackLink view={view} href={`/cases/${number}`} />}
    >
      <Columns>
        <ErrorSummary
          view={view}
          errors={wrong ? [{ field: wrong.material, message: problemText(view, wrong.problem) }] : []}
        />
        <Steps view={view} at={1} of={2} section={subject.name[lang]} />
        <Heading title={title} lead={say('portal.correct.papersLead')} />
        <Pinned view={view} file={file} />
        {uploads.map((entry) => (
          <UploadForm view={view} entry={entry} files={kept} action={here} wrong={wrong} />
        ))}
        <ButtonRow>
          <Button href={`${here}/answers`}>{say('portal.apply.continue')}</Button>
        </ButtonRow>
      </Columns>
    </Page>
  );
}

/** What the counter is still waiting for, at the top of both steps. */
function Pinned({ view, file }: Pick<CorrectProps, 'view' | 'file'>) {
  const { say } = view;
  const missing = file.state.missing ?? [];
  return (
    <Notice kind="warn" title={say('portal.correct.missing', { count: missing.length })}>
      <Missing missing={missing} />
    </Notice>
  );
}

type AnswersProps = {
  view: View;
  file: CaseFile;
  elements: AskedElement[];
  typed: Answers;
  cut?: number;
  wrong: Wrong;
  places: Division[];
  /** What has to be consented to that was not before. */
  asked?: ConsentAsked;
  command: string;
};

/** Second step: every answer once more, to put right what the counter has asked about; then back to the counter. */
export function CorrectAnswersPage({ view, file, elements, typed, cut, wrong, places, asked, command }: AnswersProps) {
  const { say, lang } = view;
  const { plan, state } = file;
  const title = say('portal.correct.answers');
  const errors = summaryOf(wrong, [...elements.map(({ id }) => id), 'consent', 'papers']);
  return (
    <Page
      view={view}
      area="portal"
      current="cases"
      title={title}
      wrong={errors.length > 0}
      back={<BackLink view={view} href={`/cases/${plan.number}/correct`} />}
    >
      <Columns>
        <ErrorSummary view={view} errors={errors} cut={cut} />
        <Steps view={view} at={2} of={2} section={plan.subject.name[lang]} />
        <Heading title={title} lead={say('portal.correct.answersLead')} />
        <Pinned view={view} file={file} />
        <form method="post" noValidate>
          <Csrf view={view} />
          <input type="hidden" name="command" value={command} />
          <input type="hidden" name="version" value={state.version} />
          {elements.map((element) => (
            <ElementField
              {...{ view, places }}
              element={element}
              value={typed[element.id] ?? ''}
              error={wrong[element.id]}
            />
          ))}
          {asked && <ConsentBox view={view} asked={asked} missing={wrong.consent !== undefined} />}
          {wrong.papers && (
            <div id="papers">
              <FieldError view={view} id="papers" message={wrong.papers} />
            </div>
          )}
          <ButtonRow>
            <Button icon="send">{say('portal.correct.send')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
