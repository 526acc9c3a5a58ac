import { describe, expect, it } from 'vitest';
import type { Draft } from '../../cases/door.ts';
import type { AskedElement, AskedQuestion } from '../../catalog/door.ts';
import type { Person } from '../../identity/door.ts';
import { firstOpen, type Journey, nextHref, prefillOf } from './journey.ts';

const element = (id: string, more: Partial<AskedElement> = {}) =>
  ({
    id,
    name: { zh: id, en: id },
    type: 'text',
    sensitivity: 3,
    source: 'applicant',
    optional: false,
    ...more,
  }) as AskedElement;
const question = (id: string, ...elements: AskedElement[]) => ({ id, elements }) as unknown as AskedQuestion;
const father = { sex: 'male', name: '陈志远', phone: '13800000001', idCard: '1', address: '莲塘镇' } as Person;

function journey(answers: Record<string, string>, materials: unknown[] = []): Journey {
  const draft = { id: 'd1', answers } as unknown as Draft;
  const questions = [question('name', element('name')), question('note', element('note', { optional: true }))];
  return { draft, name: { zh: '', en: '' }, questions, list: { materials } as unknown as Journey['list'] };
}

describe('where somebody goes on who comes back to a form', () => {
  it('is the first question without an answer', () => {
    expect(nextHref(journey({}), '2026-06-01')).toBe('/apply/d1/name');
  });

  it('asks an optional question once, even if it is left empty', () => {
    expect(firstOpen(journey({ name: '陈' }), '2026-06-01')?.id).toBe('note');
    expect(firstOpen(journey({ name: '陈', note: '' }), '2026-06-01')).toBeUndefined();
  });

  it('is the materials when everything is answered, or the check when there is nothing to bring', () => {
    const bring = { material: { id: 'photo', source: 'applicant' }, required: true };
    expect(nextHref(journey({ name: '陈', note: '' }, [bring]), '2026-06-01')).toBe('/apply/d1/materials');
    expect(nextHref(journey({ name: '陈', note: '' }), '2026-06-01')).toBe('/apply/d1/check');
  });
});

describe('what is filled in from the record', () => {
  it('is what the element asks for, only for the person it is about', () => {
    expect(prefillOf(element('father_name', { prefill: 'name', prefillFor: 'male' }), father)).toBe('陈志远');
    expect(prefillOf(element('mother_name', { prefill: 'name', prefillFor: 'female' }), father)).toBe('');
    expect(prefillOf(element('child_name'), father)).toBe('');
    expect(prefillOf(element('father_name', { prefill: 'name' }), undefined)).toBe('');
  });
});
