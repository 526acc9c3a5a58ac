import type { Elements } from '../elements/door.ts';
import type { Condition, Conditions, Name } from './conditions.ts';
import { inCircle } from './graph.ts';
import type { BundleContent, ItemContent } from './model.ts';
import { repetitionOf } from './repetition.ts';

/** What a schema cannot say about an item or a bundle: what it refers to must be there. Pure. */
export type Finding = { path: (string | number)[]; message: string };
export type Words = { elements: Elements; conditions: Conditions };

/** The names conditions may use: every element, and every situation question of these bundles. */
export function namesOf(elements: Elements, bundles: Iterable<BundleContent>): Name[] {
  const ofElements = elements.ids().map((id): Name => {
    const element = elements.element(id);
    if (element?.type === 'yes-no') return { id, values: ['yes', 'no'] };
    return { id, values: element?.type === 'choice' ? element.options?.map(({ value }) => value) : undefined };
  });
  const ofSituations = [...bundles].flatMap(({ situation }) =>
    situation.map(({ id, options }): Name => ({ id, values: options.map(({ value }) => value) })),
  );
  return [...ofElements, ...ofSituations];
}

export function reviewItem(item: ItemContent, { elements, conditions }: Words): Finding[] {
  const findings: Finding[] = [];
  const report = (path: Finding['path'], message: string | false | undefined) => {
    if (message) findings.push({ path, message });
  };
  for (const [at, { material, when }] of item.materials.entries()) {
    report(
      ['materials', at, 'material'],
      !elements.material(material) && `no material ${material} in the elements folder`,
    );
    report(['materials', at, 'when'], broken(when, conditions.when));
  }
  for (const [at, { element, when }] of item.elements.entries()) {
    report(['elements', at, 'element'], !elements.element(element) && `no element ${element} in the elements folder`);
    report(['elements', at, 'when'], broken(when, conditions.when));
  }
  for (const [at, { rule, field }] of (item.checks ?? []).entries()) {
    report(['checks', at, 'rule'], broken(rule, conditions.rule));
    const asked = item.elements.some(({ element }) => element === field);
    report(['checks', at, 'field'], !asked && `${field} is not among the elements of this item`);
  }
  for (const [at, { pattern }] of item.results.entries()) report(['results', at, 'pattern'], brokenPattern(pattern));
  const { promised, statutory } = item.limits;
  report(
    ['limits', 'promised', 'days'],
    promised.days > statutory.days && 'the promised limit is longer than the statutory one',
  );
  report(['issue'], item.handling === 'on-the-spot' && item.issue && 'what is done on the spot is issued on the spot');
  report(['visitReason'], item.visits > 0 && !item.visitReason && 'visits need a visitReason');
  twice(item.materials.map(({ material }) => material)).forEach((at) => {
    report(['materials', at, 'material'], 'this material is already in the list');
  });
  twice(item.elements.map(({ element }) => element)).forEach((at) => {
    report(['elements', at, 'element'], 'this element is already in the list');
  });
  return findings;
}

/** @param knows whether there is such an item, even a broken one: that is the item's own problem */
export function reviewBundle(
  bundle: BundleContent,
  { conditions }: Words,
  knows: (item: string) => boolean,
): Finding[] {
  const findings: Finding[] = [];
  const report = (path: Finding['path'], message: string | false | undefined) => {
    if (message) findings.push({ path, message });
  };
  const inside = new Set(bundle.items.map(({ item }) => item));
  const circle = inCircle(bundle.items.map(({ item, dependsOn }) => ({ id: item, dependsOn, days: 0 })));
  for (const [at, { item, when, dependsOn }] of bundle.items.entries()) {
    report(['items', at, 'item'], !knows(item) && `no item ${item} in the items folder`);
    report(['items', at, 'when'], broken(when, conditions.when));
    for (const [place, before] of dependsOn.entries()) {
      report(
        ['items', at, 'dependsOn', place],
        !inside.has(before) && `${before} is not among the items of this bundle`,
      );
    }
    report(
      ['items', at, 'dependsOn'],
      circle[0] === item && `these wait for each other in a circle: ${circle.join(', ')}`,
    );
  }
  for (const [at, { when, options }] of bundle.situation.entries()) {
    report(['situation', at, 'when'], broken(when, conditions.when));
    twice(options.map(({ value }) => value)).forEach((place) => {
      report(['situation', at, 'options', place], 'two options have the same value');
    });
  }
  twice(bundle.items.map(({ item }) => item)).forEach((at) => {
    report(['items', at, 'item'], 'this item is already in the bundle');
  });
  twice(bundle.situation.map(({ id }) => id)).forEach((at) => {
    report(['situation', at, 'id'], 'this question is already in the list');
  });
  return findings;
}

function broken(source: string | undefined, understand: (source: string) => Condition | string): string | undefined {
  if (source === undefined) return undefined;
  const understood = understand(source);
  return typeof understood === 'string' ? `condition not understood: ${understood}` : undefined;
}

function brokenPattern(pattern: string | undefined): string | undefined {
  try {
    if (pattern === undefined) return undefined;
    new RegExp(pattern, 'u');
    const endless = repetitionOf(pattern);
    return endless && `${pattern} may take ages: ${endless}`;
  } catch {
    return `${pattern} is no regular expression`;
  }
}

/** Places of the second and later uses of a value. */
function twice(values: string[]): number[] {
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []));
}
