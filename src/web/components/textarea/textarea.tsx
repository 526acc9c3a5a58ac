import { type FieldBasics, FieldFrame, fieldAttributes } from '../field/field.tsx';

export type TextAreaProps = FieldBasics & { value?: string; rows?: number; maxLength?: number };

/** Several lines of text. */
export function TextArea({ value, rows = 4, maxLength, ...props }: TextAreaProps) {
  return (
    <FieldFrame {...props}>
      <textarea class="input" rows={rows} maxLength={maxLength} value={value} {...fieldAttributes(props)} />
    </FieldFrame>
  );
}
