import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import type { View } from '../view.ts';

const parts = { can: ['size', 'keyboard', 'reader', 'script', 'read', 'error'], cannot: ['pdf', 'tested', 'sign'] };

/** What works for everybody, what does not yet, how it was checked, and whom to tell. */
export function AccessibilityPage({ view }: { view: View }) {
  const { say } = view;
  const title = say('portal.accessibility.title');
  return (
    <Page view={view} area="portal" title={title}>
      <Columns>
        <Heading title={title} lead={say('portal.accessibility.lead')} />
        {Object.entries(parts).map(([part, lines]) => (
          <Section id={part} title={say(`portal.accessibility.${part}.title`)}>
            <div class="prose">
              <ul>
                {lines.map((line) => (
                  <li>{say(`portal.accessibility.${part}.${line}`)}</li>
                ))}
              </ul>
            </div>
          </Section>
        ))}
        <Section id="tell" title={say('portal.accessibility.tellTitle')}>
          <p>{say('portal.accessibility.tell')}</p>
        </Section>
      </Columns>
    </Page>
  );
}
