import type { Bundle, Situation, SituationQuestion, Task, TaskList } from '../../catalog/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Facts } from '../components/facts/facts.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { PrintButton, PrintHeader } from '../components/print-header/print-header.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { TaskList as Tasks } from '../components/task-list/task-list.tsx';
import { Why } from '../components/why/why.tsx';
import { workdaysText } from '../format.ts';
import type { View } from '../view.ts';
import { DivisionSelect } from './guide.tsx';
import { Materials } from './materials-list.tsx';
import type { Place } from './place.ts';
import { situationQuery, without } from './situation.ts';
import { listOfNames } from './words.ts';

type TasksProps = {
  view: View;
  bundle: Bundle;
  list: TaskList;
  asked: SituationQuestion[];
  given: Situation;
  place: Place;
  office: (kind: string) => string;
};

/** The reader's own list: which items, in which order, at which offices, with what to bring, and what it saves. */
export function TasksPage({ view, bundle, list, asked, given, place, office }: TasksProps) {
  const { say, lang } = view;
  const title = say('portal.tasks.title', { count: list.tasks.length });
  const last = asked.at(-1)?.id ?? '';
  const back = `/bundles/${bundle.id}?asked=&${situationQuery(without(given, last))}`;
  return (
    <Page view={view} area="portal" title={title} back={<BackLink view={view} href={back} />}>
      <PrintHeader view={view} title={bundle.name[lang]} />
      <Heading title={title} about={bundle.name[lang]} lead={say('portal.tasks.lead')} />
      <Facts label={say('portal.tasks.facts')} facts={factsOf(view, list)} />
      <Columns aside={<MySituation {...{ view, bundle, asked, given }} />}>
        <Section id="start" title={say('portal.tasks.start')}>
          <Start {...{ view, bundle, given, place }} />
        </Section>
        <Section id="tasks" title={say('portal.tasks.order')} action={<PrintButton view={view} />}>
          <Tasks
            numbered
            tasks={list.tasks.map((task) => ({
              title: task.item.name[lang],
              href: `/items/${task.item.id}`,
              note: noteOf(view, task, list, office),
            }))}
          />
        </Section>
        <Materials view={view} list={list} office={office} />
      </Columns>
    </Page>
  );
}

/** What the joint form saves, each figure beside what it would be one by one. */
function factsOf({ say }: View, list: TaskList) {
  const bring = list.materials.filter(({ material, required }) => required && material.source === 'applicant').length;
  const visits = (count: number) =>
    count === 0 ? say('portal.guide.noVisit') : say('portal.guide.visitCount', { count });
  return [
    {
      icon: 'clock',
      label: say('portal.tasks.days'),
      value: workdaysText(say, list.promisedDays),
      note: say('portal.tasks.daysNote', { days: workdaysText(say, list.promisedDaysInARow) }),
    },
    {
      icon: 'footprints',
      label: say('portal.tasks.visits'),
      value: visits(list.visits),
      note: say('portal.tasks.visitsNote', { count: list.visitsSeparately }),
    },
    {
      icon: 'files',
      label: say('portal.tasks.materials'),
      value: say('portal.tasks.materialCount', { count: bring }),
      note: say('portal.tasks.materialsNote', { count: list.asked }),
    },
    {
      icon: 'text-cursor-input',
      label: say('portal.tasks.fields'),
      value: say('portal.tasks.fieldCount', { count: list.elementsAsked }),
      note: say('portal.tasks.fieldsNote', { count: list.elementsSeparately }),
    },
  ];
}

function noteOf(
  { say, lang }: View,
  { item, dependsOn }: Task,
  list: TaskList,
  office: (kind: string) => string,
): string {
  const needs = list.tasks.filter((task) => dependsOn.includes(task.item.id)).map((task) => task.item.name[lang]);
  const time =
    item.handling === 'on-the-spot' ? say('portal.guide.onTheSpot') : workdaysText(say, item.limits.promised.days);
  const order =
    needs.length > 0 ? say('portal.tasks.after', { names: listOfNames(needs, lang) }) : say('portal.tasks.atOnce');
  return [office(item.agency), time, order].join(' · ');
}

/** What the list was made from, each answer with the way back to it. */
function MySituation({ view, bundle, asked, given }: Pick<TasksProps, 'view' | 'bundle' | 'asked' | 'given'>) {
  const { say, lang } = view;
  return (
    <Why view={view} title={say('portal.tasks.situation')}>
      <SummaryList
        view={view}
        label={say('portal.tasks.situation')}
        rows={asked.map(({ id, title, options }) => ({
          key: title[lang],
          value: options.find(({ value }) => value === given[id])?.label[lang] ?? '',
          href: `/bundles/${bundle.id}?asked=&${situationQuery(without(given, id))}`,
        }))}
      />
    </Why>
  );
}

/** Where to, and go. */
function Start({ view, bundle, given, place }: Pick<TasksProps, 'view' | 'bundle' | 'given' | 'place'>) {
  const { say } = view;
  return (
    <form method="post" action="/drafts">
      <Csrf view={view} />
      <input type="hidden" name="kind" value="bundle" />
      <input type="hidden" name="id" value={bundle.id} />
      {Object.entries(given).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <DivisionSelect view={view} place={place} />
      <ButtonRow>
        <Button icon="pencil-line">{say('portal.tasks.begin')}</Button>
        <p class="hint">{say(view.actor.kind === 'guest' ? 'portal.tasks.signInFirst' : 'portal.tasks.saved')}</p>
      </ButtonRow>
    </form>
  );
}
