import { expect, test } from 'vitest';
import { needsSecond, secondRequired, weightyRoles } from './second-required.ts';

test('without a setting, administrators and who reads whole dossiers need a second step on a real node, and nobody in a demo', () => {
  expect(secondRequired(undefined, false)).toEqual(['clerk', 'system-admin', 'security-admin', 'audit-admin']);
  expect(secondRequired('', false)).toEqual(weightyRoles);
  expect(secondRequired(undefined, true)).toEqual([]);
});

test('a setting says all, none, or which roles, in a demo too', () => {
  expect(secondRequired('all', true)).toBe('all');
  expect(secondRequired('none', false)).toEqual([]);
  expect(secondRequired(' lead, approver ,', true)).toEqual(['lead', 'approver']);
});

test('what is no role is named when the node starts', () => {
  expect(() => secondRequired('lead,boss', false)).toThrow('"boss"');
  expect(() => secondRequired('all,lead', false)).toThrow('"all"');
  // An access in an emergency is an hour of somebody who has another role.
  expect(() => secondRequired('break-glass', false)).toThrow('"break-glass"');
});

test('one role that needs it is enough', () => {
  expect(needsSecond(['lead'], ['approver', 'lead'])).toBe(true);
  expect(needsSecond(['lead'], ['approver'])).toBe(false);
  expect(needsSecond('all', [])).toBe(true);
  expect(needsSecond([], ['system-admin'])).toBe(false);
});
