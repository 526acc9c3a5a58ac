import type { AskedElement } from '../../catalog/door.ts';
import { maxLengthOf } from '../../elements/door.ts';
import type { Division } from '../../identity/door.ts';
import { Field, type FieldProps } from '../components/field/field.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Select } from '../components/select/select.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import type { View } from '../view.ts';

export type ElementFieldProps = {
  view: View;
  element: AskedElement;
  value: string;
  error?: string;
  /** The question's own words, when it asks for this element only: they are the label and the title of the page. */
  question?: { title: string; hint?: string };
  /** Places a `division` can be. */
  places: Division[];
};

type Basics = Pick<FieldProps, 'view' | 'name' | 'label' | 'hint' | 'error' | 'optional' | 'title'>;
const many = 7;

/** The field an element is typed into, by its type. */
export function ElementField({ view, element, value, error, question, places }: ElementFieldProps) {
  const { lang } = view;
  const hints = [question?.hint, element.hint?.[lang], kindHint(view, element)].filter(Boolean);
  const basics: Basics = {
    view,
    name: element.id,
    label: question?.title ?? element.name[lang],
    hint: hints.join(lang === 'zh' ? '' : ' ') || undefined,
    error,
    optional: element.optional,
    title: question !== undefined,
  };
  const options = optionsOf(view, element, places);
  if (options && options.length <= many)
    return <Radios {...basics} options={options} value={value} inline={element.type === 'yes-no'} />;
  if (options) return <Select {...basics} options={options} value={value} choose={view.say('portal.apply.choose')} />;
  if (element.type === 'long-text') return <TextArea {...basics} value={value} rows={5} />;
  if (element.type === 'address') return <TextArea {...basics} value={value} rows={2} fits />;
  return <Field {...basics} value={value} {...lookOf(element)} />;
}

function kindHint({ say }: View, element: AskedElement): string | undefined {
  if (element.hint) return undefined;
  if (element.type === 'date') return say('portal.apply.dateHint');
  if (element.type === 'long-text') return say('portal.apply.longHint', { max: maxLengthOf(element) });
  return undefined;
}

function optionsOf({ say, lang, placeName }: View, element: AskedElement, places: Division[]) {
  if (element.type === 'choice')
    return (element.options ?? []).map(({ value, label }) => ({ value, label: label[lang] }));
  if (element.type === 'yes-no') return ['yes', 'no'].map((value) => ({ value, label: say(`portal.apply.${value}`) }));
  if (element.type === 'division') return places.map(({ code, name }) => ({ value: code, label: placeName(name) }));
  return undefined;
}

/** Keyboard and width that fit what is typed. No length limit: what is too long is answered with words, never cut silently. */
function lookOf({ type }: AskedElement): Pick<FieldProps, 'type' | 'inputMode' | 'width' | 'autoComplete'> {
  switch (type) {
    case 'phone':
      return { type: 'tel', inputMode: 'tel', width: 'medium' };
    case 'date':
      return { inputMode: 'numeric', width: 'medium' };
    case 'number':
      return { inputMode: 'decimal', width: 'short' };
    case 'bank-card':
      return { inputMode: 'numeric', width: 'medium' };
    case 'id-card':
    case 'credit-code':
    case 'person-name':
      return { width: 'medium' };
    default:
      return { width: 'full' };
  }
}
