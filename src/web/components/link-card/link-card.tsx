import type { ComponentChildren } from 'preact';
import { Icon } from '../icon/icon.tsx';

type Face = { icon?: string; title: string; note?: string; meta?: ComponentChildren };

export type LinkCardProps = Face & { href: string };
export type CardButtonProps = Face & { name: string; value: string };

/** A large card that leads somewhere: a life event, an item, a case. */
export function LinkCard({ href, ...face }: LinkCardProps) {
  return (
    <a class="card card-link" href={href}>
      <CardFace {...face} />
    </a>
  );
}

/** A card that is a submit button, e.g. choosing who signs in. Stands inside a form. */
export function CardButton({ name, value, ...face }: CardButtonProps) {
  return (
    <button class="card card-link" type="submit" name={name} value={value}>
      <CardFace {...face} />
    </button>
  );
}

function CardFace({ icon, title, note, meta }: Face) {
  return (
    <>
      {icon && (
        <span class="card-icon">
          <Icon name={icon} large />
        </span>
      )}
      <span class="card-words">
        <span class="card-title">{title}</span>
        {note && <span class="card-note">{note}</span>}
        {meta && <span class="card-meta">{meta}</span>}
      </span>
    </>
  );
}

/** Cards side by side, as many as fit; each child becomes one item of a list. */
export function CardGrid({
  children,
  label,
  columns = 3,
}: {
  children: ComponentChildren;
  label?: string;
  columns?: 2 | 3 | 4;
}) {
  return (
    <ul class={`card-grid card-grid-${columns}`} aria-label={label}>
      {[children].flat(3).map((child) => child && <li>{child}</li>)}
    </ul>
  );
}
