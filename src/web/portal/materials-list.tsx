import type { TaskList } from '../../catalog/door.ts';
import { Section } from '../components/layout/layout.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { TaskList as Tasks } from '../components/task-list/task-list.tsx';
import type { View } from '../view.ts';

type MaterialsProps = { view: View; list: TaskList; office: (kind: string) => string };

/** What to bring, and what nobody brings because an office already has it. */
export function Materials({ view, list, office }: MaterialsProps) {
  const { say, lang } = view;
  const bring = list.materials.filter(({ material }) => material.source === 'applicant');
  const spared = list.materials.filter(({ material }) => material.source === 'shared');
  if (list.materials.length === 0) {
    return (
      <Section id="materials" title={say('portal.materials.bring', { count: 0 })}>
        <p>{say('portal.materials.none')}</p>
      </Section>
    );
  }
  return (
    <>
      <Section id="materials" title={say('portal.materials.bring', { count: bring.length })}>
        {bring.length === 0 && <p>{say('portal.materials.none')}</p>}
        <Tasks
          tasks={bring.map(({ material, required }) => ({
            title: material.name[lang],
            note: material.hint?.[lang],
            icon: 'file-text',
            state: required ? undefined : <Tag>{say('portal.materials.optional')}</Tag>,
          }))}
        />
      </Section>
      {spared.length > 0 && (
        <Section id="spared" title={say('portal.materials.spared', { count: spared.length })}>
          <SharedMaterials view={view} list={list} office={office} />
        </Section>
      )}
    </>
  );
}

/** Materials fetched from who keeps them. */
export function SharedMaterials({ view, list, office }: MaterialsProps) {
  const { say, lang } = view;
  const spared = list.materials.filter(({ material }) => material.source === 'shared');
  return (
    <Tasks
      tasks={spared.map(({ material }) => ({
        title: material.name[lang],
        note: material.keeper ? say('portal.materials.fetched', { office: office(material.keeper) }) : undefined,
        icon: 'file-check',
        state: <Tag tone="good">{say('portal.materials.exempt')}</Tag>,
      }))}
    />
  );
}
