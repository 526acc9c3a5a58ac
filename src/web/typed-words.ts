import type { FastifyRequest } from 'fastify';
import { show } from '../elements/door.ts';
import { formOf, shortened } from './forms.ts';
import type { Site } from './site.ts';

export type TypedWords = { key: string; value: string }[];

/** Fields in people's own words that are no data elements, and what each is called. */
const ownWords: Record<string, string> = {
  reason: 'problem.typed.reason',
  comment: 'problem.typed.comment',
  words: 'problem.typed.words',
};

/**
 * What somebody wrote into the form that could not be taken, for the page that says so: nobody types it twice from memory.
 * Only of a form of this site: what another site sends in somebody's name is not shown as theirs.
 *
 * @param ownPage whether the form stood on a page of ours
 */
export function typedWords(site: Site, request: FastifyRequest, ownPage: boolean): TypedWords {
  if (request.method !== 'POST' || !ownPage) return [];
  const { say, lang } = site.view(request);
  return Object.entries(shortened(formOf(request)).typed).flatMap(([name, value]) => {
    if (value.trim() === '') return [];
    const element = site.house.elements.element(name);
    if (element) return [{ key: element.name[lang], value: show(element, value, lang) }];
    const key = ownWords[name];
    return key ? [{ key: say(key), value }] : [];
  });
}
