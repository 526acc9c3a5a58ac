import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { Details } from '../components/why/why.tsx';
import type { View } from '../view.ts';

const questions = ['start', 'save', 'photo', 'number', 'correct', 'forget', 'privacy', 'fee'];

/** How it works, and how to find a person. */
export function HelpPage({ view }: { view: View }) {
  const { say } = view;
  return (
    <Page view={view} area="portal" current="help" title={say('portal.help.title')}>
      <Columns>
        <Heading title={say('portal.help.title')} lead={say('portal.help.lead')} />
        <Section id="person" title={say('portal.help.personTitle')}>
          <div class="prose">
            <ul>
              {['call', 'counter', 'home', 'family'].map((way) => (
                <li>{say(`portal.help.person.${way}`)}</li>
              ))}
            </ul>
            <p>
              <a class="tel" href="tel:12345">
                {say('portal.search.call')}
              </a>
            </p>
          </div>
        </Section>
        <Section id="often" title={say('portal.help.oftenTitle')}>
          {questions.map((question) => (
            <Details summary={say(`portal.help.q.${question}`)}>
              <p>{say(`portal.help.a.${question}`)}</p>
            </Details>
          ))}
        </Section>
      </Columns>
    </Page>
  );
}
