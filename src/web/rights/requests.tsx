import { spokenNumber } from '../../cases/door.ts';
import type { Page } from '../../platform/door.ts';
import type { Erased, Request, WholeRequest } from '../../rights/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { SummaryList, type SummaryRow } from '../components/summary-list/summary-list.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { dayText } from '../format.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { reasonOf } from './erase.tsx';
import { RightsFrame } from './rights-frame.tsx';

type RequestsProps = {
  view: View;
  /** Which page, and what is on it. */
  at: number;
  found: Page<WholeRequest>;
  asked: boolean;
  divisionName(code: string): string;
  agencyName(id: string): string;
};

/** What the reader has asked, how it stands, and the answer with its reason. */
export function RequestsPage({ view, at, found, asked, divisionName, agencyName }: RequestsProps) {
  const { say, lang } = view;
  const title = say('rights.requests.title');
  return (
    <RightsFrame view={view} title={title}>
      <Columns>
        {asked && <Notice kind="good" live title={say('rights.requests.asked')} />}
        <Heading title={title} lead={say('rights.requests.lead')} />
        {isEmpty(at, found) && (
          <EmptyState title={say('rights.requests.none')} note={say('rights.requests.noneNote')} />
        )}
        {found.rows.map((request) => (
          <Section
            id={request.id}
            title={say(`rights.ask.title.${request.kind}`)}
            action={<State view={view} request={request} />}
          >
            <SummaryList
              view={view}
              label={say(`rights.ask.title.${request.kind}`)}
              rows={[
                { key: say('rights.requests.at'), value: dayText(lang, request.at) },
                ...wishRows(view, request),
                { key: say('rights.ask.place'), value: divisionName(request.division) },
                ...answerRows(view, request, agencyName),
              ]}
            />
          </Section>
        ))}
        <Pagination view={view} {...leafing(at, found, '/account/data/requests')} />
      </Columns>
    </RightsFrame>
  );
}

/** Asked, done or refused. */
export function State({ view, request: { answer } }: { view: View; request: Request }) {
  const state = answer?.outcome ?? 'asked';
  const tone = state === 'done' ? 'good' : state === 'refused' ? 'plain' : 'working';
  return <Tag tone={tone}>{view.say(`rights.requests.state.${state}`)}</Tag>;
}

/** What is wished for, in the person's words. A counter sees what stands there now, and may be led to the case. */
export function wishRows(
  { say }: View,
  { wish, about }: WholeRequest,
  { now, opens = false }: { now?: string; opens?: boolean } = {},
): SummaryRow[] {
  const number = about && spokenNumber(about);
  return [
    ...(wish.field ? [{ key: say('rights.ask.field'), value: say(`desk.person.${wish.field}`) }] : []),
    ...(now ? [{ key: say('desk.requests.now'), value: now }] : []),
    ...(wish.value ? [{ key: say('rights.ask.value'), value: wish.value }] : []),
    ...(number
      ? [{ key: say('rights.ask.about'), value: opens ? <a href={`/desk/cases/${about}`}>{number}</a> : number }]
      : []),
    { key: say('rights.requests.words'), value: wish.words || say('rights.requests.gone') },
  ];
}

/** The answer, or the day it is due. */
export function answerRows(view: View, { answer, due }: Request, agencyName: (id: string) => string): SummaryRow[] {
  const { say, lang } = view;
  if (!answer) return [{ key: say('rights.requests.due'), value: dayText(lang, due) }];
  return [
    { key: say('rights.requests.answered'), value: `${dayText(lang, answer.at)} · ${agencyName(answer.agency)}` },
    { key: say('rights.requests.reason'), value: answer.reason },
    ...(answer.erased ? erasedRows(view, answer.erased, say('rights.requests.erased')) : []),
  ];
}

/** What is erased and what stays and why, without naming a case: the counter may not see all of them. */
export function erasedRows(view: View, { drafts, cases, kept }: Erased, label: string): SummaryRow[] {
  const { say } = view;
  const what = say('rights.requests.erasedWhat', { drafts, cases: cases.length });
  const why = kept.map((one) => reasonOf(view, one)).join('\n');
  return [
    { key: label, value: what },
    ...(kept.length > 0 ? [{ key: say('rights.requests.kept', { count: kept.length }), value: why }] : []),
  ];
}
