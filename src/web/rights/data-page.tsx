import { type Element, mask } from '../../elements/door.ts';
import type { Person } from '../../identity/door.ts';
import { Columns, Heading, Section, Sheet } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import type { PersonElements } from '../desk/person-elements.ts';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

/** What one may do about one's own data, in the order people ask for it. */
const ways = [
  { name: 'looked', href: '/account/looked', icon: 'eye' },
  { name: 'copy', href: '/account/data/copy', icon: 'download' },
  { name: 'erase', href: '/account/data/delete', icon: 'trash-2' },
  { name: 'requests', href: '/account/data/requests', icon: 'message-circle-question-mark' },
  { name: 'consents', href: '/account/data/consents', icon: 'handshake' },
  { name: 'automatic', href: '/account/data/automatic', icon: 'scale' },
] as const;

type DataProps = { view: View; person: Person; elements: PersonElements; changed: boolean };

/** My data: what is kept of the reader, and everything they may ask of whoever keeps it. */
export function DataPage({ view, person, elements, changed }: DataProps) {
  const { say, lang } = view;
  const title = say('rights.title');
  const shown = (element: Element, value: string, href: string) => ({
    key: element.name[lang],
    value: mask(element, value) || '–',
    href,
  });
  const [ask, contact] = ['/account/data/ask/correct', '/account/data/contact'];
  return (
    <RightsFrame view={view} title={title} first>
      <Columns plain>
        {changed && <Notice kind="good" live title={say('rights.contact.done')} />}
        <Heading title={title} lead={say('rights.lead')} />
        <Section id="kept" title={say('rights.kept')}>
          <Sheet>
            <SummaryList
              view={view}
              label={say('rights.kept')}
              rows={[
                { key: elements.name.name[lang], value: person.name, href: ask },
                shown(elements.idCard, person.idCard, ask),
                shown(elements.phone, person.phone, contact),
                { key: elements.address.name[lang], value: person.address || '–', href: contact },
              ]}
            />
          </Sheet>
        </Section>
        <Section id="ways" title={say('rights.ways')}>
          <CardGrid columns={3}>
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
