import { describe, expect, it } from 'vitest';
import { safeNext, summaryOf, wrongOf } from './forms.ts';
import type { View } from './view.ts';

const view = { lang: 'zh', say: (key: string) => key } as unknown as View;

describe('where a sign-in leads', () => {
  it.each(['/cases', '/bundles/newborn/tasks?household=father'])('goes on to %s', (next) => {
    expect(safeNext(next, '/')).toBe(next);
  });

  it.each([
    '',
    undefined,
    'https://example.org/',
    '//example.org',
    '/\\example.org',
    '/.//example.org',
    'javascript:alert(1)',
  ])('never to %s', (next) => expect(safeNext(next, '/')).toBe('/'));
});

describe('what is wrong with a form', () => {
  it('keeps the order of the fields, and the first thing wrong with each', () => {
    const problems = ['b', 'a', 'b'].map((field, at) => ({ field, code: `code-${at}` }));
    const wrong = wrongOf(view, problems, [{ field: 'a', message: { zh: '晚', en: 'late' } }]);
    expect(wrong).toEqual({ b: 'field.code-0', a: 'field.code-1' });
    expect(summaryOf(wrong).map(({ field }) => field)).toEqual(['b', 'a']);
    expect(summaryOf(wrong, ['a', 'b']).map(({ field }) => field)).toEqual(['a', 'b']);
  });
});
