import { h } from 'preact';
import { iconParts } from '../../icons.ts';

/** Where the offices stand, and the sign of each. */
const offices = [
  { icon: 'baby', x: 262, y: 34 },
  { icon: 'house', x: 312, y: 84 },
  { icon: 'heart-pulse', x: 330, y: 142 },
  { icon: 'id-card', x: 312, y: 200 },
  { icon: 'wallet', x: 262, y: 250 },
];

/** One form that reaches every office: what the house is for, beside the home page's search. */
export function HeroArt() {
  return (
    <svg
      class="hero-art"
      viewBox="0 0 360 284"
      fill="none"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <g class="art-ways" stroke-width="2">
        {offices.map(({ x, y }) => (
          <path d={`M112 142C190 142 ${x - 100} ${y} ${x - 26} ${y}`} />
        ))}
      </g>
      <rect class="art-sheet" x="20" y="80" width="94" height="124" rx="6" />
      <g class="art-lines" stroke-width="3">
        <path d="M38 106h34M38 124h58M38 140h58M38 156h30" />
        <path d="M70 180l9 9 17-19" />
      </g>
      {offices.map(({ icon, x, y }) => (
        <>
          <circle class="art-sheet" cx={x} cy={y} r="26" />
          <g class="art-lines" stroke-width="1.8" transform={`translate(${x - 13.2} ${y - 13.2}) scale(1.1)`}>
            {iconParts(icon).map(({ tag, attributes }) => h(tag, attributes))}
          </g>
        </>
      ))}
    </svg>
  );
}
