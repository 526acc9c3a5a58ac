import type { Element } from '../../elements/door.ts';
import type { Texts } from '../../platform/door.ts';

/** The person who applies, in the shapes by which everything else is checked, shown and masked. */
export type PersonElements = Record<'name' | 'idCard' | 'phone' | 'address', Element>;

export function personElements(texts: Texts): PersonElements {
  const [zh, en] = [texts.say('zh'), texts.say('en')];
  const element = (id: string, type: Element['type'], sensitivity: Element['sensitivity']): Element => ({
    id,
    name: { zh: zh(`desk.person.${id}`), en: en(`desk.person.${id}`) },
    type,
    sensitivity,
    source: 'applicant',
  });
  return {
    name: element('name', 'person-name', 3),
    idCard: element('idCard', 'id-card', 4),
    phone: element('phone', 'phone', 3),
    address: element('address', 'address', 3),
  };
}
