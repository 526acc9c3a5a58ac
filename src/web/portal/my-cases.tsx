import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading, Section } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { Page } from '../components/page/page.tsx';
import { dayText } from '../format.ts';
import type { View } from '../view.ts';
import { CaseCard, DraftCard } from './case-card.tsx';
import type { UnderWay } from './under-way.ts';

type Invitation = { number: string; subject: { zh: string; en: string }; closedAt: string };

/** Everything the reader has begun, handed in, or is asked about. */
export function MyCasesPage({ view, mine, invitations }: { view: View; mine: UnderWay; invitations: Invitation[] }) {
  const { say, lang } = view;
  const title = say('portal.cases.title');
  const nothing = mine.drafts.length + mine.cases.length === 0;
  return (
    <Page view={view} area="portal" title={title} current="cases">
      <Heading title={title} />
      {nothing && (
        <EmptyState title={say('portal.cases.none')} note={say('portal.cases.noneNote')}>
          <Button href="/">{say('portal.cases.find')}</Button>
        </EmptyState>
      )}
      {mine.drafts.length > 0 && (
        <Section id="drafts" title={say('portal.cases.drafts')}>
          <CardGrid columns={2}>
            {mine.drafts.map((named) => (
              <DraftEntry view={view} named={named} />
            ))}
          </CardGrid>
        </Section>
      )}
      {invitations.length > 0 && (
        <Section id="invitations" title={say('portal.cases.toRate')}>
          <CardGrid columns={2}>
            {invitations.slice(0, 4).map(({ number, subject, closedAt }) => (
              <LinkCard
                href={`/cases/${number}/rate`}
                icon="star"
                title={subject[lang]}
                note={say('portal.cases.closedOn', { day: dayText(lang, closedAt) })}
              />
            ))}
          </CardGrid>
        </Section>
      )}
      {mine.cases.length > 0 && (
        <Section id="cases" title={say('portal.cases.handedIn')}>
          <CardGrid columns={2}>
            {mine.cases.map((row) => (
              <CaseCard view={view} row={row} />
            ))}
          </CardGrid>
        </Section>
      )}
    </Page>
  );
}

/** A draft with the way to throw it away. */
function DraftEntry({ view, named }: { view: View; named: UnderWay['drafts'][number] }) {
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
