import { type Element, mask } from '../../elements/door.ts';
import type { Person } from '../../identity/door.ts';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import type { PersonElements } from '../desk/person-elements.ts';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

/** What one may do about one's own data, in the order people ask for it. */
const ways = [
  { name: 'looked', href: '/account/looked', icon: 'eye' },
  { name: 'copy', href: '/account/data/copy', icon: 'download' },
  { name: 'consents', href: '/account/data/consents', icon: 'handshake' },
  { name: 'automatic', href: '/account/data/automatic', icon: 'scale' },
] as const;

type DataProps = { view: View; person: Person; elements: PersonElements };

/** My data: what is kept of the reader, and everything they may ask of whoever keeps it. */
export function DataPage({ view, person, elements }: DataProps) {
  const { say, lang } = view;
  const title = say('rights.title');
  const shown = (element: Element, value: string) => ({ key: element.name[lang], value: mask(element, value) || '–' });
  return (
    <RightsFrame view={view} title={title} first>
      <Columns plain>
        <Heading title={title} lead={say('rights.lead')} />
        <Section id="kept" title={say('rights.kept')}>
          <SummaryList
            view={view}
            label={say('rights.kept')}
            rows={[
              { key: elements.name.name[lang], value: person.name },
              shown(elements.idCard, person.idCard),
              shown(elements.phone, person.phone),
              { key: elements.address.name[lang], value: person.address || '–' },
            ]}
          />
        </Section>
        <Section id="ways" title={say('rights.ways')}>
          <CardGrid columns={2}>
            {ways.map(({ name, href, icon }) => (
              <LinkCard
                href={href}
                icon={icon}
                title={say(`rights.way.${name}`)}
                note={say(`rights.way.${name}Note`)}
              />
            ))}
          </CardGrid>
        </Section>
      </Columns>
    </RightsFrame>
  );
}
