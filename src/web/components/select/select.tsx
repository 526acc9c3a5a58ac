import { type FieldBasics, FieldFrame, fieldAttributes } from '../field/field.tsx';

export type SelectProps = FieldBasics & {
  options: { value: string; label: string }[];
  value?: string;
  /** The first, empty choice; without it the first option is chosen. */
  choose?: string;
};

/** One of many. With seven options or fewer use Radios. */
export function Select({ options, value, choose, ...props }: SelectProps) {
  return (
    <FieldFrame {...props}>
      <select class="input" {...fieldAttributes(props)}>
        {choose !== undefined && <option value="">{choose}</option>}
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
