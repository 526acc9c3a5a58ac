import { allowedNow, type CaseFile, type CaseMaterial, spokenNumber } from '../../cases/door.ts';
import { show } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { PrintButton, PrintHeader } from '../components/print-header/print-header.tsx';
import { SummaryList, type SummaryRow } from '../components/summary-list/summary-list.tsx';
import { Details } from '../components/why/why.tsx';
import { dayText, resultText } from '../format.ts';
import type { View } from '../view.ts';
import { CaseTag } from './case-card.tsx';
import { NextForYou } from './next-for-you.tsx';
import { branchesOf, resultsOf } from './story.ts';
import { CaseTimeline } from './timeline.tsx';

export type CasePageProps = {
  view: View;
  file: CaseFile;
  house: Pick<House, 'calendar' | 'elements' | 'identity'>;
  /** Who receives and answers. */
  counter: string;
  mayRate: boolean;
};

/** One case: what comes next for its applicant, what happened, what it brought, and what was handed in. */
export function CasePage({ view, file, house, counter, mayRate }: CasePageProps) {
  const { say, lang } = view;
  const { plan, state } = file;
  const title = plan.subject.name[lang];
  return (
    <Page
      view={view}
      area="portal"
      current="cases"
      title={title}
      back={<BackLink view={view} href="/cases" label={say('portal.cases.title')} />}
    >
      <PrintHeader view={view} title={say('portal.case.print')} />
      <Columns aside={<About {...{ view, file }} />}>
        <Heading
          title={title}
          about={say('portal.case.number', { number: spokenNumber(plan.number) })}
          action={<CaseTag view={view} of={state} />}
        />
        <NextForYou {...{ view, file, house, counter, mayRate }} />
        <Results {...{ view, file }} />
        <Section id="timeline" title={say('portal.case.timeline')}>
          <CaseTimeline {...{ view, file, house, counter }} />
        </Section>
        <Section id="given" title={say('portal.case.given')}>
          <Details summary={say('portal.check.answers')}>
            <SummaryList view={view} rows={answerRows({ view, file, house })} />
          </Details>
          <Details summary={say('portal.check.materials')}>
            <SummaryList view={view} rows={file.materials.map((material) => materialRow(view, material))} />
          </Details>
        </Section>
      </Columns>
    </Page>
  );
}

function About({ view, file }: Pick<CasePageProps, 'view' | 'file'>) {
  const { say, lang, placeName } = view;
  const { plan, state } = file;
  const submitted = { day: dayText(lang, state.submittedAt), place: placeName(plan.divisionName) };
  return (
    <aside class="why" aria-labelledby="about">
      <h2 class="why-title" id="about">
        {say('portal.case.about')}
      </h2>
      <p>{say('portal.case.applicant', { name: plan.applicant.name })}</p>
      <p>{say('portal.cases.submittedOn', submitted)}</p>
      <ButtonRow>
        <PrintButton view={view} />
        <Button kind="link" href={`/api/v1/cases/${plan.number}/proof?acts=yes`}>
          {say('portal.case.proof')}
        </Button>
        {allowedNow(file).includes('withdraw') && (
          <Button kind="link" href={`/cases/${plan.number}/withdraw`}>
            {say('portal.case.withdraw')}
          </Button>
        )}
      </ButtonRow>
    </aside>
  );
}

/** Everything the case has brought, in one list. */
function Results({ view, file }: Pick<CasePageProps, 'view' | 'file'>) {
  const { say, lang } = view;
  const results = resultsOf(branchesOf(file));
  if (file.state.status !== 'closed' || results.length === 0) return null;
  return (
    <Section id="results" title={say('portal.case.results')}>
      <SummaryList
        view={view}
        label={say('portal.case.results')}
        rows={results.map(({ branch, name, value }) => ({
          key: name[lang],
          value: resultText(lang, value),
          note: `${branch.name[lang]} · ${branch.agencyName[lang]}`,
        }))}
      />
    </Section>
  );
}

function answerRows({ view, file, house }: Pick<CasePageProps, 'view' | 'file' | 'house'>): SummaryRow[] {
  const { lang, placeName } = view;
  const nameOf = (code: string) => placeName(house.identity.divisions.get(code)?.name ?? code);
  const asked = house.elements.questions.flatMap(({ elements }) => elements);
  return asked.flatMap((element) => {
    const value = file.answers[element.id];
    return value ? [{ key: element.name[lang], value: show(element, value, lang, nameOf) }] : [];
  });
}

function materialRow({ say, lang }: View, { name, state, file }: CaseMaterial): SummaryRow {
  const words = say(`portal.case.material.${state}`);
  return { key: name[lang], value: file ? <a href={`/files/${file}`}>{words}</a> : words };
}
