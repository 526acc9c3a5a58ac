import { type Figure, type FigureId, figureOf, smallSample, type Totals } from '../../efficacy/door.ts';
import { numberText, percentText } from '../format.ts';
import type { View } from '../view.ts';

/** A share as people read it: 97.3%. Never without its `part` and `of` beside it. */
export function shareText({ say, lang }: View, { value }: Figure): string {
  return value === null ? say('watch.none') : percentText(lang, value);
}

export function meanText({ say, lang }: View, { value }: Figure): string {
  return value === null ? say('watch.none') : numberText(lang, value);
}

/** The counts behind a figure, ready to be put into a sentence. */
export function parts({ lang }: View, { part, of }: Figure): { part: string; of: string } {
  return { part: numberText(lang, part), of: numberText(lang, of) };
}

/** A rate in a table: the share, and beneath it what it is made of. */
export function Rate({ view, totals, id }: { view: View; totals: Totals; id: FigureId }) {
  const figure = figureOf(totals, id);
  if (figure.value === null) return <Nothing view={view} />;
  return (
    <>
      {shareText(view, figure)} <span class="quiet">{view.say('watch.ratio', parts(view, figure))}</span>
    </>
  );
}

/** A mean in a table, with how many it rests on when they are few. */
export function Mean({ view, totals, id }: { view: View; totals: Totals; id: FigureId }) {
  const figure = figureOf(totals, id);
  if (figure.value === null) return <Nothing view={view} />;
  return (
    <>
      {meanText(view, figure)}
      {figure.of < smallSample && <span class="quiet"> {view.say('watch.meanOf', { of: figure.of })}</span>}
    </>
  );
}

/** A dash that is also read aloud. */
export function Nothing({ view: { say } }: { view: View }) {
  return (
    <>
      <span aria-hidden="true">{say('watch.none')}</span>
      <span class="away">{say('watch.noneSpoken')}</span>
    </>
  );
}
