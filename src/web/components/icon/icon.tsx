import { h } from 'preact';
import { iconParts } from '../../icons.ts';

/** A line icon of the Lucide set, inlined; its strokes are drawn by the stylesheet, for a list has a hundred of them. Always beside words, so it is hidden from assistive technology. */
export function Icon({ name, large }: { name: string; large?: boolean }) {
  return (
    <svg class={large ? 'icon icon-large' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      {iconParts(name).map(({ tag, attributes }) => h(tag, attributes))}
    </svg>
  );
}
