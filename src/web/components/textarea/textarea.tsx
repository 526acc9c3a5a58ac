import { type FieldBasics, FieldFrame, fieldAttributes } from '../field/field.tsx';

export type TextAreaProps = FieldBasics & {
  value?: string;
  rows?: number;
  /** Lines as they are, none wrapped: text that a machine reads. */
  code?: boolean;
  /** As high as what is in it, where browsers can do that: one line that may be long. */
  fits?: boolean;
};

const plain = { spellcheck: false, wrap: 'off' as const };

/** Several lines of text. */
export function TextArea({ value, rows = 4, code, fits, ...props }: TextAreaProps) {
  return (
    <FieldFrame {...props}>
      <textarea
        class={code ? 'input input-code' : fits ? 'input input-fits' : 'input'}
        rows={rows}
        value={value}
        {...(code && plain)}
        {...fieldAttributes(props)}
      />
    </FieldFrame>
  );
}
