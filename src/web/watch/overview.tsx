import { figureIds, figureOf, listBehind, type Overview, type Totals } from '../../efficacy/door.ts';
import { Button } from '../components/button/button.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading, Section } from '../components/layout/layout.tsx';
import { PrintButton } from '../components/print-header/print-header.tsx';
import { Table } from '../components/table/table.tsx';
import { Details } from '../components/why/why.tsx';
import { numberText } from '../format.ts';
import type { View } from '../view.ts';
import { BreakdownSection } from './breakdown.tsx';
import { FigureGroups } from './figure-groups.tsx';
import { lookHref } from './look.ts';
import { LookBar, placeText, type Watch, WatchPage } from './watch-page.tsx';
import { shareText } from './words.tsx';

/** The overview: a sentence, figures, and the three ways of dividing them. */
export function OverviewPage({ watch, overview }: { watch: Watch; overview: Overview }) {
  const { view } = watch;
  const { say } = view;
  const { total } = overview;
  const nothing = total.submitted + total.closed + total.running + total.decided + total.issued === 0;
  return (
    <WatchPage watch={watch} title={say('watch.title')} totals={total}>
      <Heading
        about={say('watch.about.place', { place: placeText(watch), period: watch.span })}
        title={say('watch.title')}
        lead={nothing ? undefined : leadOf(view, overview)}
        action={<PrintButton view={view} />}
      />
      <LookBar watch={watch} path="/watch" />
      {nothing ? (
        <EmptyState icon="chart-column" title={say('watch.empty.title')} note={say('watch.empty.note')}>
          <Button href="/watch">{say('watch.empty.all')}</Button>
        </EmptyState>
      ) : (
        <>
          <FigureGroups watch={watch} totals={total} median={overview.medianUsedDays} />
          {watch.look.division === undefined && (
            <BreakdownSection watch={watch} by="division" slices={overview.division} total={total} />
          )}
          {watch.look.agency === undefined && (
            <BreakdownSection watch={watch} by="agency" slices={overview.agency} total={total} />
          )}
          {watch.look.item === undefined && (
            <BreakdownSection watch={watch} by="item" slices={overview.item} total={total} />
          )}
        </>
      )}
      <Definitions watch={watch} totals={total} />
    </WatchPage>
  );
}

/** The whole page in one breath. */
function leadOf(view: View, { total }: Overview): string {
  const { say, lang } = view;
  const counts = {
    submitted: numberText(lang, total.submitted),
    closed: numberText(lang, total.closed),
    decided: numberText(lang, total.decided),
    onTime: numberText(lang, total['on-time']),
    rate: shareText(view, figureOf(total, 'on-time')),
  };
  const late = total['late-running'];
  return say('watch.lead.both', {
    main: say(total.decided > 0 ? 'watch.lead.main' : 'watch.lead.nothingDecided', counts),
    late: late > 0 ? say('watch.lead.late', { late: numberText(lang, late) }) : say('watch.lead.noneLate'),
  });
}

/** How each figure is worked out and where the definition comes from; each leads to its list, also one that stands in a sentence only. */
function Definitions({ watch: { view, look }, totals }: { watch: Watch; totals: Totals }) {
  const { say } = view;
  const rows = figureIds.map((id) => {
    const measure = listBehind(id);
    const name = say(`watch.figure.${id}.name`);
    const linked = totals[measure] > 0 ? <a href={lookHref('/watch/cases', look, { measure })}>{name}</a> : name;
    return { cells: [linked, say(`watch.figure.${id}.formula`), say(`watch.figure.${id}.source`)] };
  });
  const columns = ['name', 'formula', 'source'].map((name) => ({ label: say(`watch.definitions.${name}`) }));
  return (
    <Section title={say('watch.definitions.title')} id="definitions">
      <Details summary={say('watch.definitions.title')}>
        <Table quietLabel label={say('watch.definitions.title')} columns={columns} rows={rows} />
      </Details>
    </Section>
  );
}
