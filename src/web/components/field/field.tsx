import type { ComponentChildren } from 'preact';
import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

/** What every kind of field has. */
export type FieldBasics = {
  view: View;
  name: string;
  label: string;
  /** Defaults to the name; the error summary links to it. */
  id?: string;
  /** Above the field, e.g. 例如 2026-01-02. */
  hint?: string;
  /** Beside the field: what is wrong and how to put it right. */
  error?: string;
  /** Adds （选填） to the label. */
  optional?: boolean;
  /** The label is the title of the page. */
  title?: boolean;
};

export type FieldProps = FieldBasics & {
  value?: string;
  type?: 'text' | 'email' | 'tel' | 'password';
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  autoComplete?: string;
  maxLength?: number;
  /** As wide as what is usually typed. */
  width?: 'short' | 'medium' | 'full';
  readOnly?: boolean;
  spellcheck?: boolean;
  /** A unit after the field, e.g. 元. */
  suffix?: string;
  /** Put the cursor here when the page opens. One on a page, and only where the page is that field. */
  autoFocus?: boolean;
};

/** One line of text, a number, or a date written as text. */
export function Field({ value, type = 'text', width = 'full', suffix, autoFocus, ...props }: FieldProps) {
  const { inputMode, autoComplete = 'off', maxLength, readOnly, spellcheck = false } = props;
  // Preact's types want one literal type at a time.
  const kind = { type } as { type: 'text' };
  return (
    <FieldFrame {...props}>
      <span class={`input-row input-${width}`}>
        <input
          class="input"
          {...kind}
          value={value}
          autofocus={autoFocus}
          {...{ inputMode, autoComplete, maxLength, readOnly, spellcheck }}
          {...fieldAttributes(props)}
        />
        {suffix && <span class="input-suffix">{suffix}</span>}
      </span>
    </FieldFrame>
  );
}

/** Id, name and the links to hint and error that every control needs. */
export function fieldAttributes({ name, id = name, hint, error }: FieldBasics) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    name,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  };
}

/** Label, hint and error around one control. */
export function FieldFrame({
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
  const words = (
    <label class="label" for={id}>
      {label}
      {optional && <Optional view={view} />}
    </label>
  );
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      {title ? <h1 class="label-title">{words}</h1> : words}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError view={view} id={id} message={error} />}
      {children}
    </div>
  );
}

/** （选填） */
export function Optional({ view }: { view: View }) {
  return <span class="optional">{view.say('components.field.optional')}</span>;
}

/** What is wrong, beside its field. */
export function FieldError({ view, id, message }: { view: View; id: string; message: string }) {
  return (
    <p class="field-error" id={`${id}-error`}>
      <Icon name="circle-alert" />
      <span>
        <span class="away">{view.say('components.field.error')}</span>
        {message}
      </span>
    </p>
  );
}
