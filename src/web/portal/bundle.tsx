import type { Bundle, Citation, Item, Situation, SituationQuestion } from '../../catalog/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Steps } from '../components/steps/steps.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { Why } from '../components/why/why.tsx';
import type { View } from '../view.ts';
import { Legal } from './guide.tsx';
import { situationQuery, without } from './situation.ts';

type BundleProps = {
  view: View;
  bundle: Bundle;
  items: Item[];
  questions: SituationQuestion[];
  office: (kind: string) => string;
  cite: Citation;
};

/** What a life event is: everything it can take care of, and how it goes. */
export function BundlePage({ view, bundle, items, questions, office, cite }: BundleProps) {
  const { say, lang } = view;
  const first = questions[0];
  return (
    <Page
      view={view}
      area="portal"
      title={bundle.plain[lang]}
      back={<BackLink view={view} href="/" label={say('portal.home.title')} />}
    >
      <Columns aside={<HowItGoes view={view} />}>
        <Heading
          title={bundle.plain[lang]}
          about={say('portal.bundle.about', { name: bundle.name[lang] })}
          lead={bundle.summary[lang]}
        />
        <form action={`/bundles/${bundle.id}`} method="get">
          <input type="hidden" name="asked" value="" />
          <ButtonRow>
            <Button icon="arrow-right">{say('portal.bundle.begin')}</Button>
            {first && <p class="hint">{say('portal.bundle.beginNote', { count: questions.length })}</p>}
          </ButtonRow>
        </form>
        <Section id="items" title={say('portal.bundle.items', { count: items.length })}>
          <TaskList
            tasks={items.map(({ id, name, icon, agency }) => ({
              title: name[lang],
              href: `/items/${id}`,
              icon,
              note: office(agency),
            }))}
          />
        </Section>
        <Legal view={view} basis={bundle.legalBasis} cite={cite} />
      </Columns>
    </Page>
  );
}

function HowItGoes({ view }: { view: View }) {
  const { say } = view;
  return (
    <Why view={view} title={say('portal.bundle.how')}>
      <TaskList
        numbered
        tasks={['questions', 'form', 'offices', 'results'].map((step) => ({
          title: say(`portal.bundle.step.${step}`),
        }))}
      />
    </Why>
  );
}

type SituationProps = {
  view: View;
  bundle: Bundle;
  question: SituationQuestion;
  at: number;
  of: number;
  given: Situation;
  /** The reader pressed on without choosing. */
  unanswered: boolean;
};

/** One question about the situation. A plain GET form: the answers given so far ride along. */
export function SituationPage({ view, bundle, question, at, of, given, unanswered }: SituationProps) {
  const { say, lang } = view;
  const last = Object.keys(given).at(-1);
  const back = last ? `/bundles/${bundle.id}?asked=&${situationQuery(without(given, last))}` : `/bundles/${bundle.id}`;
  const error = unanswered ? say('portal.bundle.choose') : undefined;
  return (
    <Page
      view={view}
      area="portal"
      title={question.title[lang]}
      wrong={unanswered}
      back={<BackLink view={view} href={back} />}
    >
      <Columns
        aside={
          question.why && (
            <Why view={view}>
              <p>{question.why[lang]}</p>
            </Why>
          )
        }
      >
        <ErrorSummary view={view} errors={error ? [{ field: question.id, message: error }] : []} />
        <Steps view={view} at={at + 1} of={of} section={bundle.name[lang]} />
        <form action={`/bundles/${bundle.id}`} method="get">
          {Object.entries(given).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="asked" value={question.id} />
          <Radios
            view={view}
            name={question.id}
            title
            label={question.title[lang]}
            hint={question.hint?.[lang]}
            error={error}
            options={question.options.map(({ value, label, hint }) => ({
              value,
              label: label[lang],
              hint: hint?.[lang],
            }))}
          />
          <ButtonRow>
            <Button>{say('portal.apply.continue')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}
