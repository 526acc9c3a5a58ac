import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';
import { Notice } from '../notice/notice.tsx';

export type SummaryError = {
  /** Name (or id) of the field it links to; without it the message stands alone. */
  field?: string;
  message: string;
};

type ErrorSummaryProps = {
  view: View;
  errors: SummaryError[];
  id?: string;
  /** Of a text that was far too long only so many characters are still in its field. */
  cut?: number;
};

/** All that is wrong, first on the page. Focus goes to its heading, and each line leads to its field. */
export function ErrorSummary({ cut, ...props }: ErrorSummaryProps) {
  return (
    <>
      {props.errors.length > 0 && <Summary {...props} />}
      {cut !== undefined && <Notice kind="warn">{props.view.say('components.errors.cut', { count: cut })}</Notice>}
    </>
  );
}

function Summary({ view, errors, id = 'errors' }: Omit<ErrorSummaryProps, 'cut'>) {
  return (
    <section class="error-summary" aria-labelledby={id} data-errors>
      <h2 id={id} tabIndex={-1}>
        <Icon name="circle-alert" />
        {view.say('components.errors.title', { count: errors.length })}
      </h2>
      <div role="alert">
        <ul>
          {errors.map(({ field, message }) => (
            <li>{field ? <a href={`#${field}`}>{message}</a> : message}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}
