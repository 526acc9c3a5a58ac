import { dayText, minuteText } from '../../format.ts';
import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

/** The head of a printed slip or notice; on screen it is hidden. */
export function PrintHeader({ view, title, reference }: { view: View; title: string; reference?: string }) {
  return (
    <div class="print-header">
      <p class="print-office">{view.county[view.lang]}</p>
      <p class="print-title">{title}</p>
      <p>
        {reference}
        {reference && ' · '}
        {view.say('components.print.at', {
          time: `${dayText(view.lang, view.now)} ${minuteText(view.lang, view.now)}`,
        })}
      </p>
    </div>
  );
}

/** Prints this page. Hidden until the script is there. */
export function PrintButton({ view }: { view: View }) {
  return (
    <button class="button button-secondary" type="button" hidden data-print>
      <Icon name="printer" />
      <span>{view.say('components.print.button')}</span>
    </button>
  );
}
