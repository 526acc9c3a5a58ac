import { type FieldBasics, FieldFrame, fieldAttributes } from '../field/field.tsx';

export type TextAreaProps = FieldBasics & {
  value?: string;
  rows?: number;
  /** Lines as they are, none wrapped: text that a machine reads. */
  code?: boolean;
};

const plain = { spellcheck: false, wrap: 'off' as const };

/** Several lines of text. */
export function TextArea({ value, rows = 4, code, ...props }: TextAreaProps) {
  return (
    <FieldFrame {...props}>
      <textarea
        class={code ? 'input input-code' : 'input'}
        rows={rows}
        value={value}
        {...(code && plain)}
        {...fieldAttributes(props)}
      />
    </FieldFrame>
  );
}
