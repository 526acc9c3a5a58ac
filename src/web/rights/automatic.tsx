import { Button, ButtonRow } from '../components/button/button.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

const parts = ['people', 'program', 'silence'] as const;

/** That no program refuses anybody by itself, what programs do, and how to ask for an explanation. */
export function AutomaticPage({ view }: { view: View }) {
  const { say } = view;
  const title = say('rights.automatic.title');
  return (
    <RightsFrame view={view} title={title}>
      <Columns>
        <Heading title={title} lead={say('rights.automatic.lead')} />
        {parts.map((part) => (
          <Section id={part} title={say(`rights.automatic.${part}Title`)}>
            <p>{say(`rights.automatic.${part}`, { days: view.limits.answer.workdays })}</p>
          </Section>
        ))}
        <Section id="ask" title={say('rights.automatic.askTitle')}>
          <p>{say('rights.automatic.ask')}</p>
          <ButtonRow>
            <Button icon="message-circle-question-mark" href="/account/data/ask/explain">
              {say('rights.automatic.button')}
            </Button>
          </ButtonRow>
        </Section>
      </Columns>
    </RightsFrame>
  );
}
