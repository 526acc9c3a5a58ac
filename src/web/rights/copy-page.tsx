import { spokenNumber } from '../../cases/door.ts';
import { show } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import { standOf } from '../case-stand.ts';
import { Button } from '../components/button/button.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { PrintButton, PrintHeader } from '../components/print-header/print-header.tsx';
import { SummaryList, type SummaryRow } from '../components/summary-list/summary-list.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { Why } from '../components/why/why.tsx';
import { dayText, minuteText, resultText } from '../format.ts';
import type { View } from '../view.ts';
import { consentTask } from './consents.tsx';
import type { Copy } from './copy.ts';
import { RightsFrame } from './rights-frame.tsx';

/** What a copy holds, and the two ways to have it. */
export function CopyPage({ view }: { view: View }) {
  const { say } = view;
  const title = say('rights.copy.title');
  return (
    <RightsFrame view={view} title={title}>
      <Columns
        aside={
          <Why view={view} title={say('rights.copy.careTitle')}>
            <p>{say('rights.copy.care')}</p>
          </Why>
        }
      >
        <Heading title={title} lead={say('rights.copy.lead')} />
        <ul class="bullets">
          {(['person', 'cases', 'ratings', 'signIns'] as const).map((part) => (
            <li>{say(`rights.copy.holds.${part}`)}</li>
          ))}
        </ul>
        <form method="get" class="button-row">
          <Button icon="file-text" formAction="/account/data/copy/page">
            {say('rights.copy.read')}
          </Button>
          <Button icon="download" kind="secondary" formAction="/account/data/copy/file">
            {say('rights.copy.file')}
          </Button>
        </form>
      </Columns>
    </RightsFrame>
  );
}

/** Sign-ins on the page; the file has them all. */
const shownHere = 50;

type ReadProps = { view: View; copy: Copy; house: Pick<House, 'elements' | 'identity'> };

/** The same copy for people: to read and to print. */
export function CopyReadPage({ view, copy, house }: ReadProps) {
  const { say } = view;
  const title = say('rights.copy.readTitle');
  const { person, drafts, cases } = copy;
  return (
    <RightsFrame view={view} title={title}>
      <PrintHeader view={view} title={title} />
      <Columns>
        <Heading title={title} action={<PrintButton view={view} />} />
        <Section id="person" title={say('rights.kept')}>
          <SummaryList
            view={view}
            label={say('rights.kept')}
            rows={(['name', 'idCard', 'phone', 'address'] as const).map((field) => ({
              key: say(`desk.person.${field}`),
              value: person[field] || '–',
            }))}
          />
        </Section>
        {cases.map((one) => (
          <Section id={one.number} title={`${one.subject.name[view.lang]} · ${spokenNumber(one.number)}`}>
            <SummaryList view={view} label={spokenNumber(one.number)} rows={caseRows(view, house, one)} />
          </Section>
        ))}
        <Section id="requests" title={say('rights.requests.title')}>
          {copy.requests.length === 0 && <p>{say('rights.copy.noRequests')}</p>}
          <TaskList
            tasks={copy.requests.map(({ kind, at, wish, answer }) => ({
              title: say(`rights.ask.title.${kind}`),
              note: [timeOf(view, at), wish.words || say('rights.requests.gone'), answer?.reason]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
        </Section>
        <Section id="consents" title={say('rights.consent.title')}>
          {copy.consents.length === 0 && <p>{say('rights.copy.noConsents')}</p>}
          <TaskList tasks={copy.consents.map((given) => consentTask(view, house.elements, given))} />
        </Section>
        <Section id="drafts" title={say('rights.erase.drafts')}>
          {drafts.length === 0 && <p>{say('rights.erase.noDrafts')}</p>}
          {drafts.map((draft) => (
            <SummaryList
              view={view}
              label={timeOf(view, draft.updatedAt)}
              rows={[
                { key: say('rights.copy.saved'), value: timeOf(view, draft.updatedAt) },
                ...answerRows(view, house, draft.answers),
              ]}
            />
          ))}
        </Section>
        <Section id="signed-in" title={say('rights.copy.signIns', { count: copy.signIns.length })}>
          {copy.signIns.length > shownHere && <p>{say('rights.copy.latest', { count: shownHere })}</p>}
          <TaskList
            tasks={copy.signIns.slice(0, shownHere).map(({ at, from }) => ({ title: timeOf(view, at), note: from }))}
          />
        </Section>
        <Section id="looked" title={say('rights.copy.looked', { count: copy.looked.length })}>
          <p>
            <a class="alone" href="/account/looked">
              {say('rights.looked.title')}
            </a>
          </p>
        </Section>
      </Columns>
    </RightsFrame>
  );
}

const timeOf = ({ lang }: View, at: string) => `${dayText(lang, at)} ${minuteText(lang, at)}`;

function answerRows(view: View, { elements, identity }: ReadProps['house'], answers: Record<string, string>) {
  const divisionName = (code: string) => view.placeName(identity.divisions.get(code)?.name ?? code);
  return Object.entries(answers).map(([id, value]): SummaryRow => {
    const element = elements.element(id);
    if (!element) return { key: id, value };
    return { key: element.name[view.lang], value: show(element, value, view.lang, divisionName) };
  });
}

function caseRows(view: View, house: ReadProps['house'], one: Copy['cases'][number]): SummaryRow[] {
  const { say, lang } = view;
  const results = one.branches.flatMap(({ name, results: list = [] }) =>
    list.map((result) => ({ key: `${name[lang]} · ${result.name[lang]}`, value: resultText(lang, result.value) })),
  );
  const papers = one.materials.map(({ name, at }) => ({
    key: name[lang],
    value: at ? (
      <a class="alone" href={at}>
        {say('rights.copy.paper')}
      </a>
    ) : (
      say('rights.copy.paperKept')
    ),
  }));
  return [
    { key: say('rights.copy.status'), value: say(`portal.status.${standOf(one)}`) },
    ...answerRows(view, house, one.answers),
    ...papers,
    ...results,
  ];
}
