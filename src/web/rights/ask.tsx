import { correctable, type RequestKind } from '../../rights/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Select } from '../components/select/select.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

type Choice = { value: string; label: string };
type AskProps = {
  view: View;
  kind: RequestKind;
  typed: Form;
  wrong: Wrong;
  /** Only so many characters of a text without end are kept. */
  cut?: number;
  /** Townships whose counter may answer, and the reader's cases. */
  places: Choice[];
  cases: Choice[];
};

/** One request to the office: to correct, to delete, or to explain. */
export function AskPage({ view, kind, typed, cut, wrong, places, cases }: AskProps) {
  const { say } = view;
  const title = say(`rights.ask.title.${kind}`);
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  return (
    <RightsFrame view={view} title={title} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary
          view={view}
          errors={summaryOf(wrong, ['field', 'value', 'about', 'words', 'division'])}
          cut={cut}
        />
        <Heading title={title} lead={say(`rights.ask.lead.${kind}`)} />
        <form method="post" noValidate>
          <Csrf view={view} />
          {kind === 'correct' && (
            <>
              <Radios
                {...field('field')}
                label={say('rights.ask.field')}
                options={correctable.map((one) => ({ value: one, label: say(`desk.person.${one}`) }))}
                inline
              />
              <Field {...field('value')} label={say('rights.ask.value')} />
            </>
          )}
          {kind !== 'correct' && cases.length > 0 && (
            <Select
              {...field('about')}
              label={say('rights.ask.about')}
              choose={say('rights.ask.aboutNone')}
              options={cases}
              optional
            />
          )}
          <TextArea {...field('words')} label={say(`rights.ask.words.${kind}`)} rows={4} />
          <Select
            {...field('division')}
            label={say('rights.ask.place')}
            choose={say('rights.ask.choosePlace')}
            options={places}
          />
          <ButtonRow>
            <Button icon="send">{say('rights.ask.send')}</Button>
          </ButtonRow>
        </form>
      </Columns>
    </RightsFrame>
  );
}
