import type { AskedQuestion } from '../../catalog/door.ts';
import type { Answers } from '../../elements/door.ts';
import type { Division } from '../../identity/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import { Steps } from '../components/steps/steps.tsx';
import { Why } from '../components/why/why.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { ElementField } from './element-field.tsx';

export type QuestionProps = {
  view: View;
  /** What is applied for. */
  subject: string;
  question: AskedQuestion;
  steps: { at: number; of: number };
  back: string;
  /** Address the form is sent to. */
  action: string;
  /** What stands in each field. */
  typed: Answers;
  wrong: Wrong;
  /** Some of it came from the person's record and was not confirmed yet. */
  prefilled: boolean;
  /** More was typed than we keep on the page. */
  cut?: number;
  places: Division[];
};

/** One question: why it is asked beside it, what is wrong above it and at the field, what was typed still in it. */
export function QuestionPage(props: QuestionProps) {
  const { view, question, wrong, typed, places, cut } = props;
  const { say, lang } = view;
  const title = question.title[lang];
  const [only, ...more] = question.elements;
  const errors = summaryOf(
    wrong,
    question.elements.map(({ id }) => id),
  );
  return (
    <Page
      view={view}
      area="portal"
      title={title}
      wrong={errors.length > 0}
      back={<BackLink view={view} href={props.back} />}
    >
      <Columns
        aside={
          <Why view={view}>
            <p>{question.why[lang]}</p>
          </Why>
        }
      >
        <ErrorSummary view={view} errors={errors} cut={cut} />
        <Steps view={view} {...props.steps} section={props.subject} />
        {props.prefilled && <Notice>{say('portal.apply.prefilled')}</Notice>}
        <form method="post" action={props.action} noValidate>
          <Csrf view={view} />
          {only && more.length === 0 ? (
            <ElementField
              {...{ view, places }}
              element={only}
              value={typed[only.id] ?? ''}
              error={wrong[only.id]}
              question={{ title, hint: question.hint?.[lang] }}
            />
          ) : (
            <>
              <Heading title={title} lead={question.hint?.[lang]} />
              {question.elements.map((element) => (
                <ElementField
                  {...{ view, places }}
                  element={element}
                  value={typed[element.id] ?? ''}
                  error={wrong[element.id]}
                />
              ))}
            </>
          )}
          <ButtonRow>
            <Button>{say('portal.apply.continue')}</Button>
            <p class="hint">{say('portal.apply.autosave')}</p>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
