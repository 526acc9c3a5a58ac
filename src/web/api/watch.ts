import Type, { type Static } from 'typebox';
import { figureIds, figureOf, listSize, measureIds, type Totals } from '../../efficacy/door.ts';
import { daysBetween, realDay } from '../../elements/door.ts';
import { dayOf, Problem } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import { type Api, asking, openTo } from './api.ts';
import { answer, Day, DivisionCode, More, named, nullable, PageNumber, Text } from './shapes.ts';

const DayAsked = Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }));
const filter = {
  from: DayAsked,
  to: DayAsked,
  division: Type.Optional(DivisionCode),
  agency: Type.Optional(Type.String({ maxLength: 64 })),
  item: Type.Optional(Type.String({ maxLength: 64 })),
};
const Filter = Type.Object(filter);
const CaseFilter = Type.Object({
  ...filter,
  measure: Type.Enum([...measureIds]),
  page: PageNumber,
});

const Figures = named(
  'Figures',
  'Every figure: its value, and how much of how many it is made of; null when there is nothing to divide by',
  Type.Array(
    Type.Object({ id: Type.String(), value: nullable(Type.Number()), part: Type.Number(), of: Type.Number() }),
  ),
);
const Slices = Type.Array(Type.Object({ key: Type.String(), name: Text, figures: Figures }));
const Overview = Type.Object({
  ...{ from: Day, to: Day, today: Day, total: Figures },
  ...{ division: Slices, agency: Slices, item: Slices },
});
const WatchCase = Type.Object({
  number: Type.String(),
  item: Type.Optional(Type.String()),
  itemName: Type.Optional(Text),
  subjectName: Text,
  divisionName: Type.String(),
  agencyName: Type.Optional(Text),
  status: Type.String(),
  submittedAt: Type.Optional(Type.String()),
  openedDay: Type.Optional(Day),
  decidedDay: Type.Optional(nullable(Day)),
  promisedDue: Type.Optional(Day),
  usedDays: Type.Optional(nullable(Type.Integer())),
  issueDue: Type.Optional(nullable(Day)),
  issuedDay: Type.Optional(nullable(Day)),
  issueUsedDays: Type.Optional(nullable(Type.Integer())),
  lateDays: Type.Optional(Type.Integer()),
  visits: Type.Optional(Type.Integer()),
  materialsAsked: Type.Optional(Type.Integer()),
  materialsSpared: Type.Optional(Type.Integer()),
  level: Type.Optional(nullable(Type.Integer())),
});
const WatchCases = Type.Object({
  measure: Type.String(),
  unit: Type.Enum(['case', 'branch']),
  total: Type.Integer(),
  more: More,
  rows: Type.Array(WatchCase),
});

const tags = ['watch'];
/** Days looked at when nobody says otherwise, and at most. */
const usual = 90;
const longest = 3 * 366;

/** Figures and the cases behind them. */
export function registerWatch(api: Api, site: Site): void {
  const { efficacy } = site.house;
  const open = openTo('watch.read');

  api.get('/api/v1/watch/figures', {
    config: open.config,
    schema: {
      security: open.security,
      operationId: 'readFigures',
      summary: 'Every figure for the whole and by township, agency and item; the last 90 days unless said otherwise',
      tags,
      querystring: Filter,
      response: answer(Overview),
    },
    handler: async (request) => {
      const actor = asking(site, request);
      const asked = period(site, request.query);
      const { today, total, division, agency, item } = await efficacy.overview(actor, asked);
      const slices = (all: typeof division) =>
        all.map(({ key, name, totals }) => ({ key, name, figures: figuresOf(totals) }));
      const by = { division: slices(division), agency: slices(agency), item: slices(item) };
      return { from: asked.from, to: asked.to, today, total: figuresOf(total), ...by };
    },
  });
  api.get('/api/v1/watch/cases', {
    config: open.config,
    schema: {
      security: open.security,
      operationId: 'listMeasuredCases',
      summary: 'The cases, or items of cases, that a measure counts',
      tags,
      querystring: CaseFilter,
      response: answer(WatchCases),
    },
    handler: async (request) => {
      const actor = asking(site, request);
      const { measure, page = 1 } = request.query;
      const offset = (page - 1) * listSize;
      const found = await efficacy.cases(actor, { ...period(site, request.query), measure }, offset);
      return { ...found, more: offset + found.rows.length < found.total };
    },
  });
}

const figuresOf = (totals: Totals) => figureIds.map((id) => figureOf(totals, id));

/** The filter with its days; a day that does not exist, or a period the wrong way round, is said. */
function period({ house }: Site, query: Static<typeof Filter>) {
  const to = query.to ?? dayOf(house.clock());
  if (!realDay(to)) throw new Problem('form-invalid', {}, [{ field: 'to', code: 'shape' }]);
  const from = query.from ?? dayOf(new Date(Date.parse(to) - usual * 86_400_000));
  const days = realDay(from) ? daysBetween(from, to) : undefined;
  if (days === undefined || days < 0 || days > longest)
    throw new Problem('form-invalid', {}, [{ field: 'from', code: 'shape' }]);
  const { division, agency, item } = query;
  return { from, to, division, agency, item };
}
