import type { VNode } from 'preact';
import { BackLink } from './components/back-link/back-link.tsx';
import { Columns, Heading, Section, Sheet } from './components/layout/layout.tsx';
import { Page } from './components/page/page.tsx';
import { TaskList } from './components/task-list/task-list.tsx';
import { type Example, examples, renderExample } from './design-examples.ts';
import type { View } from './view.ts';

/**
 * `/design`: every component with its examples, in the reader's language and mode.
 *
 * @param path what follows `/design/`: nothing for the list, a component's name, or `page/<n>` for a whole sample page
 * @returns undefined when there is no such component
 */
export function designPage(view: View, path = ''): VNode | undefined {
  if (path === '') return <Contents view={view} />;
  const [component, at] = path.split('/');
  const chosen = examples().filter((example) => example.component === component);
  if (chosen.length === 0) return undefined;
  if (component !== 'page') return <ComponentPage view={view} name={component ?? ''} chosen={chosen} />;
  const sample = chosen[Number(at)];
  return sample && renderExample(sample, view);
}

/** Every address of the gallery, for tests that look at all of it. */
export function designPaths(): string[] {
  const all = examples();
  const components = new Set(all.map((example) => example.component).filter((name) => name !== 'page'));
  const pages = all.filter((example) => example.component === 'page');
  return ['', ...components, ...pages.map(({ at }) => `page/${at}`)];
}

function Contents({ view }: { view: View }) {
  const { say } = view;
  const all = examples();
  const names = [...new Set(all.map((example) => example.component))].filter((name) => name !== 'page');
  return (
    <Page view={view} area="portal" title={say('components.design.title')}>
      <Heading title={say('components.design.title')} lead={say('components.design.lead')} />
      <Columns
        aside={
          <Sheet>
            <Section id="components" title={say('components.design.components')}>
              <ul>
                {names.map((name) => (
                  <li>
                    <a class="tel" href={`/design/${name}`}>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </Section>
          </Sheet>
        }
      >
        <Section id="pages" title={say('components.design.pages')}>
          <TaskList
            numbered
            tasks={all
              .filter(({ component }) => component === 'page')
              .map(({ name, at }) => ({ title: name, href: `/design/page/${at}` }))}
          />
        </Section>
      </Columns>
    </Page>
  );
}

function ComponentPage({ view, name, chosen }: { view: View; name: string; chosen: Example[] }) {
  return (
    <Page
      view={view}
      area={staffOnly.has(name) ? 'desk' : 'portal'}
      title={name}
      back={<BackLink view={view} href="/design" label={view.say('components.design.title')} />}
    >
      <Heading title={name} />
      {chosen.map((example) => (
        <Section id={`example-${example.at}`} title={example.name}>
          {renderExample(example, view)}
        </Section>
      ))}
    </Page>
  );
}

/** Components whose styles only desk and watch load. */
const staffOnly = new Set(['action-bar', 'bar-chart', 'figure', 'rail', 'layout', 'table', 'tabs']);
