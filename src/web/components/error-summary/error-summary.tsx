import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

export type SummaryError = {
  /** Name (or id) of the field it links to; without it the message stands alone. */
  field?: string;
  message: string;
};

/** All that is wrong, first on the page. Focus goes to its heading, and each line leads to its field. */
export function ErrorSummary({ view, errors, id = 'errors' }: { view: View; errors: SummaryError[]; id?: string }) {
  if (errors.length === 0) return null;
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
