import type { Hit } from '../../catalog/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { Page } from '../components/page/page.tsx';
import { SearchBox } from '../components/search-box/search-box.tsx';
import { Tag } from '../components/tag/tag.tsx';
import type { View } from '../view.ts';

type SearchProps = { view: View; words: string; hits: Hit[]; often: { label: string; href: string }[] };

/** What was found, life events before single items as the catalogue ranks them; or what to try instead. */
export function SearchPage({ view, words, hits, often }: SearchProps) {
  const { say } = view;
  const title = words === '' ? say('portal.search.empty') : say('portal.search.title', { words });
  return (
    <Page view={view} area="portal" title={title}>
      <Heading title={title} lead={hits.length > 0 ? say('portal.search.found', { count: hits.length }) : undefined} />
      <SearchBox view={view} value={words} suggestions={hits.length > 0 ? [] : often} />
      {hits.length > 0 ? <Hits view={view} hits={hits} /> : words !== '' && <Nothing view={view} words={words} />}
    </Page>
  );
}

function Hits({ view, hits }: Pick<SearchProps, 'view' | 'hits'>) {
  const { say, lang } = view;
  return (
    <CardGrid columns={2} label={say('portal.search.results')}>
      {hits.map(({ kind, id, name, plain, icon }) => (
        <LinkCard
          href={`/${kind}s/${id}`}
          icon={icon}
          title={plain[lang]}
          note={name[lang]}
          meta={
            <Tag icon={kind === 'bundle' ? 'layers' : 'file-text'} tone={kind === 'bundle' ? 'working' : 'plain'}>
              {say(`portal.search.${kind}`)}
            </Tag>
          }
        />
      ))}
    </CardGrid>
  );
}

function Nothing({ view, words }: Pick<SearchProps, 'view' | 'words'>) {
  const { say } = view;
  return (
    <EmptyState icon="search-x" title={say('portal.search.none', { words })} note={say('portal.search.noneNote')}>
      <div class="button-row">
        <a class="button button-secondary" href="tel:12345">
          {say('portal.search.call')}
        </a>
        <a class="button button-secondary" href="/">
          {say('portal.search.home')}
        </a>
      </div>
    </EmptyState>
  );
}
