import type { Element } from '../../elements/door.ts';
import { mask, show } from '../../elements/door.ts';
import type { Text } from '../../platform/door.ts';
import { Section, Sheet } from '../components/layout/layout.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import type { CaseData } from './case-data.ts';
import { personElements } from './person-elements.ts';
import { Reveal } from './reveal.tsx';

/** What the applicant sent, as far as this reader needs it. */
export function Application({ data }: { data: CaseData }) {
  const { desk, file, sight } = data;
  const { say, lang } = desk.view;
  const hidden = Object.keys(file.answers).filter((id) => sight.answer(id) === 'hidden').length;
  return (
    <>
      <Reveal data={data} />
      <Applicant data={data} />
      <Section title={say('desk.case.answers')} id="answers">
        <Sheet>
          {groupsOf(data).map(({ title, elements }) => (
            <div class="answers">
              {title && <h3>{title[lang]}</h3>}
              <SummaryList
                view={desk.view}
                label={title?.[lang]}
                rows={elements.map((element) => ({ key: element.name[lang], value: answerText(data, element) }))}
              />
            </div>
          ))}
          {file.withdrawn && <p class="hint">{say('desk.case.withdrawn', { count: file.withdrawn.length })}</p>}
          {hidden > 0 && <p class="hint">{say('desk.case.hidden', { count: hidden })}</p>}
        </Sheet>
      </Section>
      <Materials data={data} />
    </>
  );
}

/** What belongs together keeps its question as a heading; single answers that follow each other share a list. */
function groupsOf({ desk, file, sight }: CaseData): { title?: Text; elements: Element[] }[] {
  const groups: { title?: Text; elements: Element[] }[] = [];
  for (const { title, elements } of desk.house.elements.questions) {
    const shown = elements.filter(({ id }) => file.answers[id] !== undefined && sight.answer(id) !== 'hidden');
    const last = groups.at(-1);
    if (shown.length > 1) groups.push({ title, elements: shown });
    else if (last && !last.title) last.elements.push(...shown);
    else if (shown.length === 1) groups.push({ elements: shown });
  }
  return groups;
}

function answerText({ desk, file, sight, divisionName }: CaseData, element: Element): string {
  const value = file.answers[element.id] ?? '';
  if (sight.answer(element.id) === 'full' || element.sensitivity <= 2)
    return show(element, value, desk.view.lang, divisionName);
  const masked = mask(element, value);
  return masked === value ? show(element, value, desk.view.lang, divisionName) : masked;
}

/** The applicant's name, for who only watches with its first character. */
export function applicantName({ desk, file, sight }: CaseData): string {
  const { name } = file.plan.applicant;
  return sight.name ? name : mask(personElements(desk.house.texts).name, name);
}

/** Who applies and how to reach them. */
function Applicant({ data }: { data: CaseData }) {
  const { desk, file, applicant, sight } = data;
  const { say, lang, placeName } = desk.view;
  const elements = personElements(desk.house.texts);
  const line = (element: Element, value: string | undefined) =>
    value ? [{ key: element.name[lang], value: sight.person ? value : mask(element, value) }] : [];
  const rows = [
    { key: elements.name.name[lang], value: applicantName(data) },
    ...line(elements.idCard, applicant?.idCard),
    ...line(elements.phone, applicant?.phone),
    {
      key: say('desk.case.channel'),
      value: `${say(`desk.channel.${file.plan.channel}`)} · ${placeName(file.plan.divisionName)}`,
    },
  ];
  return (
    <Section title={say('desk.case.applicant')} id="applicant">
      <Sheet>
        <SummaryList view={desk.view} label={say('desk.case.applicant')} rows={rows} />
      </Sheet>
    </Section>
  );
}

const tones = { uploaded: 'good', paper: 'good', shared: 'plain' } as const;
const icons = { uploaded: 'paperclip', paper: 'stamp', shared: 'link' } as const;

/** Materials with how each came; uploaded ones open in a new window, so that the form beside stays as it is. */
function Materials({ data }: { data: CaseData }) {
  const { desk, file, sight } = data;
  const { say, lang } = desk.view;
  const materials = file.materials.filter(({ material }) => sight.material(material));
  const tasks = materials.map((material) => ({
    title: material.name[lang],
    href: material.file && data.papers ? `/files/${material.file}?case=${file.plan.number}` : undefined,
    note: say(`desk.material.${material.state}Note`),
    state: (
      <Tag tone={tones[material.state]} icon={icons[material.state]}>
        {say(`desk.material.${material.state}`)}
      </Tag>
    ),
  }));
  return (
    <Section title={say('desk.case.materials')} id="materials">
      {tasks.length > 0 ? (
        <TaskList label={say('desk.case.materials')} tasks={tasks} />
      ) : (
        <p>{say('desk.case.noMaterials')}</p>
      )}
    </Section>
  );
}
