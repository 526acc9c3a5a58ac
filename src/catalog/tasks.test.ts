import { describe, expect, it } from 'vitest';
import type { Element, Elements, Material } from '../elements/door.ts';
import { catalogOf } from './catalog.ts';
import type { Bundle, Item } from './model.ts';
import { shelve } from './shelf.ts';

const text = (zh: string) => ({ zh, en: zh });
const element = (id: string, more: Partial<Element> = {}): Element => ({
  id,
  name: text(id),
  type: 'text',
  sensitivity: 3,
  source: 'applicant',
  ...more,
});
const words = [
  element('child'),
  element('father'),
  element('phone', { optional: true }),
  element('has_card', { type: 'yes-no' }),
  element('card', { type: 'bank-card' }),
  element('birth', { type: 'date' }),
];
const papers: Material[] = [
  { id: 'book', name: text('户口簿'), source: 'applicant' },
  { id: 'photo', name: text('照片'), source: 'applicant' },
  { id: 'marriage', name: text('结婚证'), source: 'shared', keeper: 'civil-affairs' },
];
const elements: Elements = {
  questions: [
    { id: 'who', order: 1, title: text('谁'), why: text('因'), elements: words.slice(0, 3) },
    { id: 'money', order: 2, title: text('钱'), why: text('因'), elements: words.slice(3) },
  ],
  ids: () => words.map(({ id }) => id),
  element: (id) => words.find((one) => one.id === id),
  material: (id) => papers.find((one) => one.id === id),
};
const limit = (days: number) => ({ days, basis: { law: '法', verified: false } });
const item = (id: string, days: number, more: Partial<Item> = {}): Item => ({
  id,
  name: text(id),
  plain: text(id),
  keywords: [],
  type: '07',
  icon: 'file',
  audience: ['person'],
  topic: 't',
  agency: 'a',
  handling: 'promised',
  limits: { statutory: limit(days * 2), promised: limit(days) },
  visits: 1,
  fee: { free: true, text: text('免费') },
  legalBasis: [],
  conditions: [],
  materials: [],
  elements: [],
  results: [],
  version: 1,
  ...more,
});
const bundle: Bundle = {
  id: 'story',
  name: text('一件事'),
  plain: text('事'),
  keywords: [],
  icon: 'baby',
  lead: 'a',
  summary: text('都办'),
  legalBasis: [],
  version: 1,
  situation: [
    {
      id: 'card_now',
      title: text('卡'),
      options: [
        { value: 'yes', label: text('是') },
        { value: 'no', label: text('否') },
      ],
    },
    {
      id: 'bank',
      title: text('行'),
      when: "card_now == 'yes'",
      options: [
        { value: 'a', label: text('甲') },
        { value: 'b', label: text('乙') },
      ],
    },
  ],
  items: [
    { item: 'card', when: "card_now == 'yes'", dependsOn: ['register'] },
    { item: 'register', dependsOn: ['certificate'] },
    { item: 'certificate', dependsOn: [] },
    { item: 'extra', when: "bank == 'b'", dependsOn: ['card'] },
  ],
};
const items = [
  item('certificate', 1, {
    materials: [{ material: 'marriage', required: true }],
    elements: [{ element: 'child' }, { element: 'phone' }],
  }),
  item('register', 2, {
    materials: [
      { material: 'book', required: true },
      { material: 'marriage', required: true },
      { material: 'photo', required: false },
    ],
    elements: [
      { element: 'child' },
      { element: 'father' },
      { element: 'phone', optional: false },
      { element: 'birth' },
    ],
    checks: [
      { rule: 'birth <= today', field: 'birth', message: text('出生不能晚于今天') },
      { rule: "card == '' || has_card == 'yes'", field: 'card', message: text('先选有卡') },
    ],
  }),
  item('card', 3, {
    materials: [
      { material: 'photo', required: true, when: "bank == 'a'" },
      { material: 'book', required: true },
    ],
    elements: [
      { element: 'has_card' },
      { element: 'card', when: "has_card == 'yes'" },
      { element: 'father', when: "card != ''" },
    ],
  }),
  item('extra', 4),
];
const current = { items: new Set(items.map(({ id }) => id)), bundles: new Set(['story']) };
const catalog = catalogOf(shelve({ items, bundles: [bundle] }, current, elements));
const story = { kind: 'bundle', id: 'story' } as const;
const asked = (situation: Record<string, string>, answers = {}) =>
  catalog
    .questions(story, situation, answers)
    .flatMap((question) => question.elements.map(({ id, optional }) => (optional ? `${id}?` : id)));

describe('the items of a situation', () => {
  it('are those whose condition holds, dependencies first, bound only to each other', () => {
    const { tasks } = catalog.tasks(story, { card_now: 'yes', bank: 'a' });
    expect(tasks.map(({ item: { id }, dependsOn }) => [id, dependsOn])).toEqual([
      ['certificate', []],
      ['register', ['certificate']],
      ['card', ['register']],
    ]);
  });

  it('do not come from an answer to a question that is not asked, or that is no option', () => {
    expect(catalog.situation(story, { card_now: 'no' }).map(({ id }) => id)).toEqual(['card_now']);
    expect(catalog.situation(story, { card_now: 'yes' }).map(({ id }) => id)).toEqual(['card_now', 'bank']);
    expect(catalog.situation(story)).toHaveLength(2);
    expect(catalog.tasks(story, { card_now: 'no', bank: 'b' }).tasks).toHaveLength(2);
    expect(catalog.tasks(story, { card_now: 'maybe' }).tasks).toHaveLength(2);
  });

  it('are one for a single item, and none for what is not there', () => {
    const single = { kind: 'item', id: 'card' } as const;
    expect(catalog.tasks(single, {}).tasks.map(({ item: { id } }) => id)).toEqual(['card']);
    expect(catalog.situation(single)).toEqual([]);
    expect(catalog.tasks({ kind: 'item', id: 'gone' }, {}).tasks).toEqual([]);
    expect(catalog.tasks({ kind: 'item', id: 'card' }, {}, { subjectVersion: 9 }).tasks).toEqual([]);
  });
});

describe('what somebody began with', () => {
  const slower = items.map((each) => (each.id === 'register' ? item('register', 30, { version: 2 }) : each));
  const grown = catalogOf(shelve({ items: [...items, ...slower], bundles: [bundle] }, current, elements));
  const days = (pinned = {}) =>
    grown
      .tasks(story, { card_now: 'no' }, pinned)
      .tasks.map(({ item: { id, version } }) => `${id} ${version}`)
      .sort();

  it('stays as it was when an item of the bundle has changed since', () => {
    const before = catalog.pin(bundle);
    expect(before.itemVersions).toMatchObject({ certificate: 1, register: 1 });
    expect(days(before)).toEqual(['certificate 1', 'register 1']);
  });

  it('is the newest for who begins today', () => {
    expect(days()).toEqual(['certificate 1', 'register 2']);
    expect(days(grown.pin(bundle))).toEqual(['certificate 1', 'register 2']);
  });
});

describe('what a situation costs', () => {
  it('counts each paper once, and none that is shared', () => {
    const list = catalog.tasks(story, { card_now: 'yes', bank: 'a' });
    expect(list.materials.map(({ material, required, items: by }) => [material.id, required, by])).toEqual([
      ['marriage', true, ['certificate', 'register']],
      ['book', true, ['register', 'card']],
      ['photo', true, ['register', 'card']],
    ]);
    expect([list.asked, list.spared]).toEqual([5, 3]);
  });

  it('adds the days of the longest way, and what they would be in a row', () => {
    const list = catalog.tasks(story, { card_now: 'yes', bank: 'b' });
    expect([list.promisedDays, list.statutoryDays, list.promisedDaysInARow]).toEqual([10, 20, 10]);
    expect([list.visits, list.visitsSeparately]).toEqual([1, 4]);
  });

  it('counts words once, too', () => {
    const list = catalog.tasks(story, { card_now: 'no' });
    expect([list.elementsAsked, list.elementsSeparately]).toEqual([4, 6]);
  });
});

describe('the questions of a situation', () => {
  it('ask each element once, optional only when all who ask agree', () => {
    expect(asked({ card_now: 'no' })).toEqual(['child', 'father', 'phone', 'birth']);
    const certificate = catalog.questions({ kind: 'item', id: 'certificate' }, {}, {});
    expect(certificate.flatMap((question) => question.elements.map(({ optional }) => optional))).toEqual([false, true]);
  });

  it('follow the answers', () => {
    expect(asked({ card_now: 'yes', bank: 'a' })).not.toContain('card');
    expect(asked({ card_now: 'yes', bank: 'a' }, { has_card: 'yes' })).toContain('card');
  });

  it('are not kept alive by an answer to a question that is gone', () => {
    const single = { kind: 'item', id: 'card' } as const;
    const ids = (answers: Record<string, string>) =>
      catalog.questions(single, {}, answers).flatMap((question) => question.elements.map(({ id }) => id));
    expect(ids({ has_card: 'yes', card: '6222' })).toEqual(['father', 'has_card', 'card']);
    expect(ids({ has_card: 'no', card: '6222' })).toEqual(['has_card']);
  });
});

describe('checks across fields', () => {
  const check = (answers: Record<string, string>, card_now = 'no') =>
    catalog.checkTogether(story, { card_now, bank: 'a' }, answers, '2026-03-02').map(({ field }) => field);

  it('hold or speak beside their field', () => {
    expect(check({ birth: '2026-03-02' })).toEqual([]);
    expect(check({ birth: '2026-03-03' })).toEqual(['birth']);
  });

  it('wait for the answers they name, and leave alone what is not asked', () => {
    expect(check({})).toEqual([]);
    expect(check({ card: '6222' })).toEqual([]);
    expect(check({ card: '6222', has_card: 'no' }, 'yes')).toEqual([]);
  });
});
