import type { FastifyRequest } from 'fastify';
import { type Element, show } from '../elements/door.ts';
import { personElements } from './desk/person-elements.ts';
import { reasonCodes } from './desk/reading.ts';
import { calledOf, formOf, shortened } from './forms.ts';
import type { Site } from './site.ts';
import type { View } from './view.ts';

export type TypedWords = { key: string; value: string }[];

/**
 * What somebody wrote into the form that could not be taken, for the page that says so: nobody types it twice from memory.
 * Only of a form of this site: what another site sends in somebody's name is not shown as theirs.
 *
 * @param ownPage whether the form stood on a page of ours
 */
export function typedWords(site: Site, request: FastifyRequest, ownPage: boolean): TypedWords {
  if (request.method !== 'POST' || !ownPage) return [];
  const view = site.view(request);
  const { divisions } = site.house.identity;
  const placeName = (code: string) => {
    const place = divisions.get(code);
    return place ? view.placeName(place.name) : code;
  };
  return Object.entries(shortened(formOf(request)).typed).flatMap(([field, value]) => {
    if (value.trim() === '') return [];
    const element = elementOf(site, field);
    if (element) return [{ key: element.name[view.lang], value: show(element, value, view.lang, placeName) }];
    const key = nameOf(site, view, field);
    // Why somebody wants to see everything is chosen: a code with words of its own.
    const chosen = field === 'why' && reasonCodes.find((code) => code === value);
    return key ? [{ key, value: chosen ? view.say(`desk.reveal.reason.${chosen}`) : value }] : [];
  });
}

/** Answers bear the name of their element, at a counter after `a_`; who applies there is `p_`. */
function elementOf({ house }: Site, field: string): Element | undefined {
  const person = Object.entries(personElements(house.texts)).find(([id]) => field === `p_${id}`);
  return person?.[1] ?? house.elements.element(field.replace(/^a_/, ''));
}

/** Results bear the name an item gives them, and what is missing that of the thing it was ticked at. */
function nameOf({ house }: Site, view: View, field: string): string | undefined {
  const { elements, catalog } = house;
  const result = catalog
    .items()
    .flatMap(({ results }) => results)
    .find(({ id }) => field === `r_${id}`);
  const [, kind, id = ''] = /^why-([mq])-(.*)$/.exec(field) ?? [];
  const ticked = kind === 'm' ? elements.material(id)?.name : elements.questions.find((one) => one.id === id)?.title;
  if (ticked) return view.say('desk.return.whyFor', { what: ticked[view.lang] });
  return result?.name[view.lang] ?? calledOf(view, field);
}
