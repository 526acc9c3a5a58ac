import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Elements, loadElements } from '../elements/door.ts';
import { loadTexts } from '../platform/door.ts';
import { consentElements, consentsAs, consentText } from './consent.ts';

const root = resolve(import.meta.dirname, '../..');
let elements: Elements;
beforeAll(async () => {
  ({ elements } = await loadElements(join(root, 'elements')));
});

describe('what consent is needed for', () => {
  test('every sensitive element says by what law it is asked, and none of these has been checked yet', () => {
    const sensitive = elements.questions.flatMap((question) => question.elements.filter((e) => e.sensitivity >= 4));
    expect(sensitive.length).toBeGreaterThan(20);
    for (const { id, basis } of sensitive) expect(basis, id).toMatchObject({ verified: false });
  });

  test('sensitive answers that no duty asks for; not those that a duty does, nor what was left empty', () => {
    const answers = { child_name: '陈沐阳', child_home_address: '公园路', bank_card: ' ', father_phone: '13800000001' };
    expect(consentElements(elements, answers)).toEqual(['child_home_address']);
    expect(consentElements(elements, { child_name: '陈沐阳' })).toEqual([]);
  });

  test('a parent who is named consents as such, anybody else who applies for a child as its guardian, others for themselves', () => {
    const answers = { father_name: '陈志远', mother_name: '刘雨桐' };
    const as = (name: string) => consentsAs(elements, ['child_home_address', 'bank_card'], answers, name);
    expect(['陈志远', '刘雨桐', '陈建国'].map(as)).toEqual(['father', 'mother', 'guardian']);
    expect(consentsAs(elements, ['bank_card'], answers, '陈志远')).toBe('self');
  });

  test('the words of today are there', () => {
    const texts = loadTexts(join(root, 'texts'));
    for (const whose of ['own', 'child']) expect(texts.has(`rights.consent.text.${consentText}.${whose}`)).toBe(true);
  });
});
