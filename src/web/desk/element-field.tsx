import type { AskedElement } from '../../catalog/door.ts';
import { show } from '../../elements/door.ts';
import { Field, type FieldProps } from '../components/field/field.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Select } from '../components/select/select.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import type { View } from '../view.ts';

type Props = { view: View; element: AskedElement; value: string | undefined; error: string | undefined };

/** Side by side up to this many choices; more go into a list that opens. */
const fewChoices = 4;
const keyboards: Partial<Record<AskedElement['type'], FieldProps['inputMode']>> = {
  phone: 'tel',
  number: 'decimal',
  date: 'numeric',
  'bank-card': 'numeric',
};

/** One data element as a field of the counter's form. */
export function ElementField({ view, element, value, error }: Props) {
  const { lang, say } = view;
  const basics = {
    view,
    name: `a_${element.id}`,
    label: element.name[lang],
    // A clerk knows the fields; only how to write what has a form of its own is said.
    hint: element.pattern ? element.hint?.[lang] : element.type === 'date' ? say('desk.counter.dateHint') : undefined,
    error,
    optional: element.optional,
  };
  const options =
    element.type === 'yes-no'
      ? ['yes', 'no'].map((each) => ({ value: each, label: show(element, each, lang) }))
      : element.options?.map((option) => ({ value: option.value, label: option.label[lang] }));
  if (options && options.length <= fewChoices) return <Radios {...basics} options={options} value={value} inline />;
  if (options) return <Select {...basics} options={options} value={value} choose={say('desk.counter.select')} />;
  if (element.type === 'long-text') return <TextArea {...basics} value={value} rows={3} />;
  return <Field {...basics} value={value} inputMode={keyboards[element.type]} />;
}
