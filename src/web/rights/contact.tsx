import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

/** Telephone and address: changed at once, by oneself. Name and id card are asked for. */
export function ContactPage({ view, typed, wrong }: { view: View; typed: Form; wrong: Wrong }) {
  const { say } = view;
  const title = say('rights.contact.title');
  const field = (name: string) => ({ view, name, value: typed[name], error: wrong[name] });
  return (
    <RightsFrame view={view} title={title} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, ['phone', 'address'])} />
        <Heading title={title} lead={say('rights.contact.lead')} />
        <form method="post" noValidate>
          <Csrf view={view} />
          <Field {...field('phone')} label={say('desk.person.phone')} inputMode="tel" width="medium" />
          <TextArea {...field('address')} label={say('desk.person.address')} rows={2} fits />
          <ButtonRow>
            <Button icon="check">{say('rights.contact.save')}</Button>
          </ButtonRow>
        </form>
        <p>
          <a class="alone" href="/account/data/ask/correct">
            {say('rights.contact.more')}
          </a>
        </p>
      </Columns>
    </RightsFrame>
  );
}
