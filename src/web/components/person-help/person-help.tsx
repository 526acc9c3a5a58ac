import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

/** Help from a person, on every page: 12345 by phone, or somebody at the counter or at home. */
export function PersonHelp({ view, id = 'person-help' }: { view: View; id?: string }) {
  const { say } = view;
  return (
    <section class="person-help" aria-labelledby={id}>
      <h2 id={id}>{say('components.personHelp.title')}</h2>
      <p>
        <a class="tel" href="tel:12345">
          <Icon name="phone" />
          {say('components.personHelp.call')}
        </a>
      </p>
      <p>
        <a class="tel" href="/help#person">
          <Icon name="hand-helping" />
          {say('components.personHelp.person')}
        </a>
      </p>
    </section>
  );
}
