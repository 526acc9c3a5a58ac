import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

/** One step back. Pass it to Page as `back`. */
export function BackLink({ view, href, label }: { view: View; href: string; label?: string }) {
  return (
    <nav aria-label={view.say('components.goBack')}>
      <a class="back" href={href}>
        <Icon name="arrow-left" />
        {label ?? view.say('components.back')}
      </a>
    </nav>
  );
}

/** Where this page stands; the last one is this page. */
export function Breadcrumbs({ view, trail }: { view: View; trail: { label: string; href?: string }[] }) {
  return (
    <nav class="breadcrumbs" aria-label={view.say('components.breadcrumbs')}>
      <ol>
        {trail.map(({ label, href }) => (
          <li>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}
