import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

/** Reads the page's main part aloud. Hidden until the script has found that this browser can speak. */
export function ReadAloud({ view }: { view: View }) {
  const { say } = view;
  return (
    <button
      class="button button-link read-aloud"
      type="button"
      hidden
      data-read-aloud
      data-stop={say('components.read.stop')}
    >
      <Icon name="volume-2" />
      <span>{say('components.read.start')}</span>
    </button>
  );
}
