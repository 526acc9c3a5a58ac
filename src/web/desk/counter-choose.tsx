import type { Hit } from '../../catalog/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { SearchBox } from '../components/search-box/search-box.tsx';
import { Tag } from '../components/tag/tag.tsx';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';

export type Choice = Pick<Hit, 'kind' | 'id' | 'name' | 'plain' | 'icon'> & { onTheSpot: boolean };

/** What the person at the counter came for. */
export function CounterChoosePage({ desk, choices, typed }: { desk: Desk; choices: Choice[]; typed: string }) {
  const { view } = desk;
  const { say, lang } = view;
  return (
    <DeskPage desk={desk} title={say('desk.counter.title')} place="counter">
      <Heading title={say('desk.counter.title')} lead={say('desk.counter.lead')} />
      <SearchBox view={view} action="/desk/counter" value={typed} label={say('desk.counter.search')} />
      <div class="section">
        {choices.length === 0 ? (
          <EmptyState icon="search" title={say('desk.counter.none')} note={say('desk.counter.noneNote')} />
        ) : (
          <CardGrid label={say('desk.counter.list')}>
            {choices.map(({ kind, id, name, plain, icon, onTheSpot }) => (
              <LinkCard
                href={`/desk/counter/${kind}/${id}`}
                icon={icon}
                title={name[lang]}
                note={plain[lang]}
                meta={
                  (kind === 'bundle' || onTheSpot) && (
                    <Tag tone={kind === 'bundle' ? 'working' : 'good'} icon={kind === 'bundle' ? 'layers' : 'zap'}>
                      {say(kind === 'bundle' ? 'desk.counter.bundle' : 'desk.counter.onTheSpot')}
                    </Tag>
                  )
                }
              />
            ))}
          </CardGrid>
        )}
      </div>
    </DeskPage>
  );
}
