import { mask } from '../../elements/door.ts';
import type { Person } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import type { Erased, Request, WholeRequest } from '../../rights/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { SummaryList, type SummaryRow } from '../components/summary-list/summary-list.tsx';
import { Table } from '../components/table/table.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { dayText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import { isEmpty, leafing } from '../paging.ts';
import { answerRows, erasedRows, State, wishRows } from '../rights/requests.tsx';
import type { View } from '../view.ts';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';
import { type PersonElements, personElements } from './person-elements.ts';

type ListProps = { desk: Desk; at: number; found: Page<Request>; done: boolean };

/** What people of this counter's places have asked about their data. */
export function DeskRequestsPage({ desk, at, found, done }: ListProps) {
  const { view } = desk;
  const { say, lang } = view;
  const title = say('desk.requests.title');
  const columns = [
    { label: say('desk.requests.kind') },
    { label: say('rights.requests.at'), whole: true },
    { label: say('rights.requests.due'), whole: true },
    { label: say('desk.requests.state') },
  ];
  const rows = found.rows.map((request) => ({
    tone: !request.answer && request.due < desk.today ? ('late' as const) : undefined,
    cells: [
      <a href={`/desk/requests/${request.id}`}>{say(`rights.ask.title.${request.kind}`)}</a>,
      dayText(lang, request.at),
      dayText(lang, request.due),
      <State view={view} request={request} />,
    ],
  }));
  return (
    <DeskPage desk={desk} title={title} place="requests">
      {done && <Notice kind="good" live title={say('desk.requests.done')} />}
      <Heading title={title} lead={say('desk.requests.lead')} />
      {isEmpty(at, found) ? (
        <EmptyState title={say('desk.requests.none')} note={say('desk.requests.noneNote')} />
      ) : (
        <>
          <Table label={title} quietLabel columns={columns} rows={rows} />
          <Pagination view={view} {...leafing(at, found, '/desk/requests')} />
        </>
      )}
    </DeskPage>
  );
}

type OneProps = {
  desk: Desk;
  request: WholeRequest;
  /** Whose data it is about. */
  asker: Person | undefined;
  /** Whether the case it is about may be opened by this reader. */
  opens: boolean;
  /** What doing it would erase. */
  erases?: Erased;
  typed: Form;
  cut?: number;
  wrong: Wrong;
  agencyName(id: string): string;
};

/** One request, and the answer to it: done or refused, with a reason the person reads. */
export function DeskRequestPage({ desk, request, asker, opens, erases, typed, cut, wrong, agencyName }: OneProps) {
  const { view, house } = desk;
  const { say } = view;
  const title = say(`rights.ask.title.${request.kind}`);
  const back = <BackLink view={view} href="/desk/requests" label={say('desk.requests.title')} />;
  return (
    <DeskPage desk={desk} title={title} place="requests" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns>
        <ErrorSummary view={view} errors={summaryOf(wrong, ['outcome', 'reason'])} cut={cut} />
        <Heading title={title} lead={say(`desk.requests.how.${request.kind}`)} />
        <SummaryList
          view={view}
          label={title}
          rows={[
            ...(asker ? askerRows(view, personElements(house.texts), asker, request) : []),
            ...wishRows(view, request, {
              now: request.answer ? undefined : nowOf(request, asker),
              opens,
            }),
            ...answerRows(view, request, agencyName),
            ...(erases ? erasedRows(view, erases, say('desk.requests.erases')) : []),
          ]}
        />
        {!request.answer && (
          <Section id="answer" title={say('desk.requests.answer')}>
            <form method="post" noValidate>
              <Csrf view={view} />
              <Radios
                view={view}
                name="outcome"
                label={say('desk.requests.outcome')}
                value={typed.outcome}
                error={wrong.outcome}
                options={(['done', 'refused'] as const).map((value) => ({
                  value,
                  label: say(`rights.requests.state.${value}`),
                }))}
                inline
              />
              <TextArea
                view={view}
                name="reason"
                label={say('desk.requests.reason')}
                hint={say('desk.requests.reasonHint')}
                value={typed.reason}
                error={wrong.reason}
                rows={3}
              />
              <ButtonRow>
                <Button icon="check">{say('desk.requests.send')}</Button>
              </ButtonRow>
            </form>
          </Section>
        )}
      </Columns>
    </DeskPage>
  );
}

/** Of what is to be corrected, what stands there. */
const nowOf = ({ wish }: WholeRequest, asker: Person | undefined) => wish.field && asker?.[wish.field];

/** Who asks, as far as the counter has to know them. */
function askerRows({ say, lang }: View, elements: PersonElements, asker: Person, request: WholeRequest): SummaryRow[] {
  const masked = (['idCard', 'phone'] as const).map((id) => ({
    key: say(`desk.person.${id}`),
    value: mask(elements[id], asker[id]),
  }));
  return [
    { key: say('desk.requests.asker'), value: asker.name },
    ...masked,
    { key: say('rights.requests.at'), value: dayText(lang, request.at) },
  ];
}
