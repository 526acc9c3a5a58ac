import type { FieldBasics } from '../field/field.tsx';
import { type Choice, ChoiceLine, Choices } from '../radios/radios.tsx';

export type CheckboxesProps = FieldBasics & { options: Choice[]; values?: string[] };

/** Any number of a few. */
export function Checkboxes({ options, values = [], ...props }: CheckboxesProps) {
  const id = props.id ?? props.name;
  return (
    <Choices {...props}>
      <div class="choices">
        {options.map((option, at) => (
          <ChoiceLine
            type="checkbox"
            name={props.name}
            id={at === 0 ? id : `${id}-${at + 1}`}
            option={option}
            checked={values.includes(option.value)}
          />
        ))}
      </div>
    </Choices>
  );
}

/** A single box with its words, e.g. 我同意…. */
export function Checkbox({
  name,
  id = name,
  option,
  checked = false,
}: {
  name: string;
  id?: string;
  option: Choice;
  checked?: boolean;
}) {
  return <ChoiceLine type="checkbox" name={name} id={id} option={option} checked={checked} />;
}
