import type { ComponentChildren } from 'preact';
import { type FieldBasics, FieldError, Optional } from '../field/field.tsx';

export type Choice = { value: string; label: string; hint?: string };
export type RadiosProps = FieldBasics & {
  options: Choice[];
  value?: string;
  /** Side by side, for two or three short ones. */
  inline?: boolean;
};

/** One of a few. Nothing is chosen unless the reader chose it. */
export function Radios({ options, value, inline, ...props }: RadiosProps) {
  const id = props.id ?? props.name;
  return (
    <Choices {...props}>
      <div class={inline ? 'choices choices-inline' : 'choices'}>
        {options.map((option, at) => (
          <ChoiceLine
            type="radio"
            name={props.name}
            id={at === 0 ? id : `${id}-${at + 1}`}
            option={option}
            checked={option.value === value}
          />
        ))}
      </div>
    </Choices>
  );
}

/** Legend, hint and error around a group of choices. */
export function Choices({
  view,
  name,
  id = name,
  label,
  hint,
  error,
  optional,
  title,
  children,
}: FieldBasics & { children: ComponentChildren }) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const words = (
    <>
      {label}
      {optional && <Optional view={view} />}
    </>
  );
  return (
    <fieldset class={error ? 'field field-wrong' : 'field'} aria-describedby={described || undefined}>
      <legend class={title ? 'label label-title' : 'label'}>{title ? <h1>{words}</h1> : words}</legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError view={view} id={id} message={error} />}
      {children}
    </fieldset>
  );
}

type ChoiceLineProps = { type: 'radio' | 'checkbox'; name: string; id: string; option: Choice; checked: boolean };

/** One radio button or checkbox with its words; the whole line can be pressed. */
export function ChoiceLine({ type, name, id, option, checked }: ChoiceLineProps) {
  return (
    <div class="choice">
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        checked={checked}
        aria-describedby={option.hint ? `${id}-note` : undefined}
      />
      <label for={id}>{option.label}</label>
      {option.hint && (
        <p class="hint" id={`${id}-note`}>
          {option.hint}
        </p>
      )}
    </div>
  );
}
