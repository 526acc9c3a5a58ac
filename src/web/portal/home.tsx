import type { Bundle } from '../../catalog/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Section } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { Page } from '../components/page/page.tsx';
import { SearchBox } from '../components/search-box/search-box.tsx';
import { countText } from '../paging.ts';
import { switchHref, type View } from '../view.ts';
import { CaseCard, DraftCard } from './case-card.tsx';
import type { Shelf } from './offers.ts';
import type { UnderWay } from './under-way.ts';

type HomeProps = {
  view: View;
  often: { label: string; href: string }[];
  bundles: Bundle[];
  shelves: Shelf[];
  mine: UnderWay;
};

/** The front door: what would you like to do; what you have begun; life events; single items. */
export function HomePage({ view, often, bundles, shelves, mine }: HomeProps) {
  const { say, lang } = view;
  return (
    <Page
      view={view}
      area="portal"
      title={say('portal.home.title')}
      current="home"
      hero={<Hero view={view} often={often} />}
    >
      <Mine view={view} mine={mine} />
      <Section id="events" title={say('portal.home.events')}>
        <CardGrid columns={2} label={say('portal.home.events')}>
          {bundles.map((bundle) => (
            <LinkCard
              href={`/bundles/${bundle.id}`}
              icon={bundle.icon}
              title={bundle.plain[lang]}
              note={say('portal.home.eventNote', { count: bundle.items.length })}
            />
          ))}
          <ElderCard view={view} />
        </CardGrid>
      </Section>
      {shelves.map((shelf) => (
        <Section id={shelf.audience} title={say(`portal.home.${shelf.audience}-list`)}>
          <CardGrid columns={3} label={say(`portal.home.${shelf.audience}-list`)}>
            {shelf.items.map(({ id, icon, plain, name }) => (
              <LinkCard href={`/items/${id}`} icon={icon} title={plain[lang]} note={name[lang]} />
            ))}
          </CardGrid>
        </Section>
      ))}
      <Section id="rate" title={say('portal.home.rate')}>
        <p>{say('portal.home.rateNote')}</p>
        <ButtonRow>
          <Button kind="secondary" href="/cases" icon="star">
            {say('portal.home.rateButton')}
          </Button>
        </ButtonRow>
      </Section>
    </Page>
  );
}

function Hero({ view, often }: Pick<HomeProps, 'view' | 'often'>) {
  const title = view.say('portal.home.heading');
  return (
    <section aria-label={title}>
      <SearchBox view={view} size="hero" hint={view.say('portal.home.searchHint')} suggestions={often} />
    </section>
  );
}

/** What the reader has begun comes before everything that could be begun. */
function Mine({ view, mine }: Pick<HomeProps, 'view' | 'mine'>) {
  const { say } = view;
  const total = { rows: [...mine.drafts.rows, ...mine.cases.rows], more: mine.drafts.more || mine.cases.more };
  if (total.rows.length === 0) return null;
  const drafts = mine.drafts.rows.slice(0, 2);
  return (
    <Section
      id="mine"
      title={say('portal.home.mine')}
      action={<a href="/cases">{say('portal.home.allMine', { count: countText(total) })}</a>}
    >
      <CardGrid columns={2} label={say('portal.home.mine')}>
        {[
          ...drafts.map((named) => <DraftCard view={view} named={named} />),
          ...mine.cases.rows.slice(0, 4 - drafts.length).map((row) => <CaseCard view={view} row={row} />),
        ]}
      </CardGrid>
    </Section>
  );
}

/** For readers who would like it larger; for those who have it already, where to find a person. */
function ElderCard({ view }: { view: View }) {
  const { say, mode } = view;
  const standard = mode === 'standard';
  return (
    <LinkCard
      href={standard ? switchHref(view, 'mode', 'elder') : '/help#person'}
      icon={standard ? 'a-large-small' : 'hand-helping'}
      title={say(standard ? 'portal.home.elder' : 'portal.home.person')}
      note={say(standard ? 'portal.home.elderNote' : 'portal.home.personNote')}
    />
  );
}
