import type { CaseRow } from '../../cases/door.ts';
import type { Page as Rows, Text } from '../../platform/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading, Section } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { Page } from '../components/page/page.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { dayText } from '../format.ts';
import { countText, isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { CaseCard, DraftCard } from './case-card.tsx';
import type { NamedDraft } from './under-way.ts';

type Invitation = { number: string; subject: Text; closedAt: string };
export type MyList = 'drafts' | 'ratings' | 'cases';
/** What a page of each list is called in an address. */
export const pageNames = { drafts: 'drafts', ratings: 'ratings', cases: 'page' } as const satisfies Record<
  MyList,
  string
>;
export type MyLists = {
  /** The list somebody leafs in; the others are not shown then. */
  only?: MyList;
  /** Which page of it, or of each. */
  at: number;
  drafts: Rows<NamedDraft>;
  ratings: Rows<Invitation>;
  cases: Rows<CaseRow>;
};
type ListProps = { view: View; mine: MyLists };

const path = '/cases';
/** So many invitations do not push the cases off the page; the rest is behind a link. */
const ratingsAtOnce = 4;

/** Everything the reader has begun, handed in, or is asked about. */
export function MyCasesPage({ view, mine }: ListProps) {
  const { say } = view;
  const title = say('portal.cases.title');
  const { only, at, drafts, ratings, cases } = mine;
  const back = only && <BackLink view={view} href={path} label={title} />;
  const shows = (list: MyList, found: Rows<unknown>) => (only ?? list) === list && !isEmpty(at, found);
  const lists = [
    shows('drafts', drafts) && <Drafts view={view} mine={mine} />,
    shows('ratings', ratings) && <Ratings view={view} mine={mine} />,
    shows('cases', cases) && <Cases view={view} mine={mine} />,
  ];
  return (
    <Page view={view} area="portal" title={title} current="cases" back={back}>
      <Heading title={title} />
      {!lists.some(Boolean) && (
        <EmptyState title={say('portal.cases.none')} note={say('portal.cases.noneNote')}>
          <Button href="/">{say('portal.cases.find')}</Button>
        </EmptyState>
      )}
      {lists}
    </Page>
  );
}

function Drafts({ view, mine: { at, drafts } }: ListProps) {
  const { say } = view;
  return (
    <Section id="drafts" title={say('portal.cases.drafts')}>
      <CardGrid columns={2}>
        {drafts.rows.map((named) => (
          <DraftEntry view={view} named={named} />
        ))}
      </CardGrid>
      <Pagination
        view={view}
        label={say('portal.cases.draftPages')}
        {...leafing(at, drafts, path, {}, pageNames.drafts)}
      />
    </Section>
  );
}

function Ratings({ view, mine: { only, at, ratings } }: ListProps) {
  const { say, lang } = view;
  const name = pageNames.ratings;
  const whole = only === 'ratings';
  const shown = whole ? ratings.rows : ratings.rows.slice(0, ratingsAtOnce);
  const rest = !whole && (ratings.more || ratings.rows.length > shown.length);
  return (
    <Section
      id="invitations"
      title={say('portal.cases.toRate')}
      action={rest && <a href={`${path}?${name}=1`}>{say('portal.cases.allToRate', { count: countText(ratings) })}</a>}
    >
      <CardGrid columns={2}>
        {shown.map(({ number, subject, closedAt }) => (
          <LinkCard
            href={`/cases/${number}/rate`}
            icon="star"
            title={subject[lang]}
            note={say('portal.cases.closedOn', { day: dayText(lang, closedAt) })}
          />
        ))}
      </CardGrid>
      {whole && (
        <Pagination
          view={view}
          label={say('portal.cases.ratingPages')}
          {...leafing(at, ratings, path, { [name]: '1' }, name)}
        />
      )}
    </Section>
  );
}

function Cases({ view, mine: { at, cases } }: ListProps) {
  const { say } = view;
  return (
    <Section id="cases" title={say('portal.cases.handedIn')}>
      <CardGrid columns={2}>
        {cases.rows.map((row) => (
          <CaseCard view={view} row={row} />
        ))}
      </CardGrid>
      <Pagination view={view} {...leafing(at, cases, path, {}, pageNames.cases)} />
    </Section>
  );
}

/** A draft with the way to throw it away. */
function DraftEntry({ view, named }: { view: View; named: NamedDraft }) {
  const { say, lang } = view;
  return (
    <div class="card-and-more">
      <DraftCard view={view} named={named} />
      <form method="post" action={`/apply/${named.draft.id}/discard`}>
        <Csrf view={view} />
        <Button kind="link" label={`${say('portal.cases.discard')} ${named.name[lang]}`}>
          {say('portal.cases.discard')}
        </Button>
      </form>
    </div>
  );
}
