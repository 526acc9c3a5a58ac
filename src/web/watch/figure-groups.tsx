import type { ComponentChildren } from 'preact';
import {
  type FigureId,
  figureOf,
  figures,
  listBehind,
  type MeasureId,
  measures,
  smallSample,
  type Totals,
} from '../../efficacy/door.ts';
import { Figure, Figures } from '../components/figure/figure.tsx';
import { Section } from '../components/layout/layout.tsx';
import type { Tone } from '../components/tag/tag.tsx';
import { numberText } from '../format.ts';
import { lookHref } from './look.ts';
import type { Watch } from './watch-page.tsx';
import { meanText, parts, shareText } from './words.tsx';

type Props = { watch: Watch; totals: Totals };

/** The figures of the overview under plain questions, three to each. */
export function FigureGroups({ watch, totals, median }: Props & { median: number | null }) {
  const { say } = watch.view;
  return (
    <>
      <Group watch={watch} name="amount">
        <One watch={watch} totals={totals} id="submitted" sentence={say('watch.sentence.submitted')} />
        <One watch={watch} totals={totals} id="closed" sentence={say('watch.sentence.closed')} />
        <One watch={watch} totals={totals} id="running" sentence={say('watch.sentence.running')} />
      </Group>
      <Speed watch={watch} totals={totals} median={median} />
      <Issuing watch={watch} totals={totals} />
      <Effort watch={watch} totals={totals} />
      <Opinion watch={watch} totals={totals} />
    </>
  );
}

function Speed({ watch, totals, median }: Props & { median: number | null }) {
  const { view } = watch;
  const { say, lang } = view;
  const onTime = figureOf(totals, 'on-time');
  const days = {
    promised: meanText(view, figureOf(totals, 'promised-days')),
    statutory: meanText(view, figureOf(totals, 'statutory-days')),
    median: median === null ? say('watch.none') : numberText(lang, median),
  };
  const law = figureOf(totals, 'on-time-by-law');
  const byLaw = { lawPart: numberText(lang, law.part), lawRate: shareText(view, law) };
  const kept = say('watch.sentence.on-time', { ...parts(view, onTime), ...byLaw });
  const overdue = { overdue: numberText(lang, totals['overdue-running']) };
  return (
    <Group watch={watch} name="speed">
      <One watch={watch} totals={totals} id="on-time" sentence={kept} tone={toneOf(onTime.value)} />
      <One watch={watch} totals={totals} id="used-days" unit="days" sentence={say('watch.sentence.used-days', days)} />
      <One
        watch={watch}
        totals={totals}
        id="late-running"
        sentence={
          totals['late-running'] === 0
            ? say('watch.sentence.none-late')
            : say(`watch.sentence.${totals['overdue-running'] > 0 ? 'overdue' : 'late'}-running`, overdue)
        }
        tone={totals['overdue-running'] > 0 ? 'bad' : totals['late-running'] > 0 ? 'warn' : 'good'}
      />
    </Group>
  );
}

/** How what was granted comes into people's hands, where somebody else issues it. */
function Issuing({ watch, totals }: Props) {
  const { view } = watch;
  const { say, lang } = view;
  if (totals['to-issue'] + totals.issued === 0) {
    return (
      <Section title={say('watch.group.issuing')} id="issuing">
        <p>{say('watch.sentence.no-issuing')}</p>
      </Section>
    );
  }
  const kept = figureOf(totals, 'issued-on-time');
  const late = totals['late-to-issue'];
  const waiting =
    totals['to-issue'] === 0
      ? say('watch.sentence.none-to-issue')
      : say(`watch.sentence.to-issue${late > 0 ? '-late' : ''}`, { late: numberText(lang, late) });
  return (
    <Group watch={watch} name="issuing">
      <One
        watch={watch}
        totals={totals}
        id="issue-days"
        unit="days"
        sentence={say('watch.sentence.issue-days', { of: numberText(lang, totals.issued) })}
      />
      <One
        watch={watch}
        totals={totals}
        id="issued-on-time"
        sentence={say('watch.sentence.issued-on-time', parts(view, kept))}
        tone={toneOf(kept.value)}
      />
      <One watch={watch} totals={totals} id="to-issue" sentence={waiting} tone={late > 0 ? 'bad' : 'good'} />
    </Group>
  );
}

function Effort({ watch, totals }: Props) {
  const { view } = watch;
  const { say } = view;
  const once = figureOf(totals, 'no-more-than-one-visit');
  const spared = figureOf(totals, 'materials-spared');
  const mean = meanText(view, figureOf(totals, 'materials-asked'));
  const visits = say('watch.sentence.visits', { ...parts(view, once), rate: shareText(view, once) });
  const papers = say('watch.sentence.materials-spared', { ...parts(view, spared), mean });
  const returned = say('watch.sentence.returned', parts(view, figureOf(totals, 'returned')));
  return (
    <Group watch={watch} name="effort">
      <One watch={watch} totals={totals} id="visits" unit="times" sentence={visits} />
      <One watch={watch} totals={totals} id="materials-spared" sentence={papers} />
      <One watch={watch} totals={totals} id="returned" sentence={returned} />
    </Group>
  );
}

function Opinion({ watch, totals }: Props) {
  const { view } = watch;
  const { say, lang } = view;
  const rated = figureOf(totals, 'participation');
  const bad = figureOf(totals, 'bad-rating');
  const good = figureOf(totals, 'good-rating');
  const asked = { rated: numberText(lang, rated.part), closed: numberText(lang, rated.of) };
  const satisfaction = say('watch.sentence.satisfaction', { ...asked, rate: shareText(view, rated) });
  const praised = say('watch.sentence.good-rating', parts(view, good));
  const complained = say('watch.sentence.bad-rating', { ...parts(view, bad), rate: shareText(view, bad) });
  const tone = bad.part > 0 ? 'bad' : undefined;
  return (
    <Group watch={watch} name="opinion">
      <One watch={watch} totals={totals} id="satisfaction" unit="points" sentence={satisfaction} />
      <One watch={watch} totals={totals} id="good-rating" sentence={praised} />
      <One watch={watch} totals={totals} id="bad-rating" sentence={complained} tone={tone} counted />
    </Group>
  );
}

function Group({ watch, name, children }: { watch: Watch; name: string; children: ComponentChildren }) {
  return (
    <Section title={watch.view.say(`watch.group.${name}`)} id={name}>
      <Figures>{children}</Figures>
    </Section>
  );
}

type OneProps = Props & {
  id: FigureId;
  sentence: string;
  unit?: string;
  tone?: Tone;
  /** Show how many, and leave the share to the sentence. */
  counted?: boolean;
};

/** One figure, its sentence, and the list of what is behind it. */
function One({ watch, totals, id, sentence, unit, tone, counted }: OneProps) {
  const { view, look } = watch;
  const { say, lang } = view;
  const figure = figureOf(totals, id);
  const measure = listBehind(id);
  const many = measures[measure].unit === 'case' ? 'cases' : 'items';
  const count = figures[id].kind === 'count' || counted;
  const number = count
    ? numberText(lang, figure.part)
    : figures[id].kind === 'mean'
      ? meanText(view, figure)
      : shareText(view, figure);
  const said = figure.value === null ? say('watch.sentence.nothing') : sentence;
  const few = !count && figure.of > 0 && figure.of < smallSample;
  const behind = totals[measure];
  const unitOf = count ? many : figure.value === null ? undefined : unit;
  return (
    <Figure
      label={say(`watch.figure.${id}.name`)}
      number={number}
      unit={unitOf && say(`watch.unit.${unitOf}`)}
      sentence={few ? say('watch.noted', { sentence: said, note: say('watch.smallSample') }) : said}
      tone={figure.value === null ? undefined : tone}
      href={behind > 0 ? lookHref('/watch/cases', look, { measure }) : undefined}
      link={say(`watch.see.${namedLists.includes(measure) ? measure : many}`, {
        n: numberText(lang, behind),
      })}
    />
  );
}

/** Lists whose link says what is wrong with what it leads to. */
const namedLists: MeasureId[] = ['late', 'issued-late', 'more-visits'];

function toneOf(share: number | null): Tone | undefined {
  if (share === null) return undefined;
  return share >= 0.95 ? 'good' : share >= 0.8 ? 'warn' : 'bad';
}
