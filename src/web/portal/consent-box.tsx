import type { Element } from '../../elements/door.ts';
import { Checkbox } from '../components/checkboxes/checkboxes.tsx';
import { FieldError } from '../components/field/field.tsx';
import type { View } from '../view.ts';
import { listOfNames } from './words.ts';

/** What consent is asked for, with the version of the words. */
export type ConsentAsked = {
  text: string;
  elements: Element[];
  /** Some of it is a child's: its guardian consents. */
  child: boolean;
};

type BoxProps = { view: View; asked: ConsentAsked; missing: boolean; checked?: boolean };

/** One box of its own for sensitive answers that no duty asks for: what, what for, and that it can be taken back. */
export function ConsentBox({ view, asked, missing, checked }: BoxProps) {
  const { say } = view;
  return (
    <>
      {missing && <FieldError view={view} id="consent" message={say('rights.consent.here')} />}
      <Checkbox
        name="consent"
        option={{ value: asked.text, label: consentWords(view, asked), hint: say('rights.consent.hint') }}
        checked={checked}
      />
    </>
  );
}

/** The words people consent to: they name every answer. */
export function consentWords(view: View, { text, elements, child }: ConsentAsked): string {
  const names = listOfNames(
    elements.map(({ name }) => name[view.lang]),
    view.lang,
  );
  return view.say(`rights.consent.text.${text}.${child ? 'child' : 'own'}`, { names });
}
