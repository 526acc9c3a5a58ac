import { describe, expect, test } from 'vitest';
import { Problem } from '../../platform/door.ts';
import { CommandBody } from './commands.ts';
import { checkShape } from './validation.ts';

const check = checkShape({ schema: CommandBody, httpPart: 'body', method: 'POST', url: '/' });
const wrongIn = (body: unknown) => {
  const { error } = check(body) as { error?: unknown };
  return error instanceof Problem ? error.fields.map(({ field }) => field) : [];
};

describe('what does not have its shape', () => {
  test.each([
    ['nothing at all', {}, ['command']],
    ['no object', 'x', ['']],
    ['a command of no kind', { command: { type: 'erase' } }, ['command.type']],
    ['a command that is none', { command: 'accept' }, ['command']],
    ['a member missing', { command: { type: 'claim' } }, ['command.item']],
    ['a member empty', { command: { type: 'claim', item: '' } }, ['command.item']],
    ['a member too many', { command: { type: 'accept', more: 1 } }, ['command.more']],
    [
      'two at once',
      { command: { type: 'decide', item: 'a', outcome: 'x' }, seenVersion: 0 },
      ['command.reason', 'command.outcome', 'seenVersion'],
    ],
  ])('%s', (_name, body, fields) => {
    expect(wrongIn(body).toSorted()).toEqual(fields.toSorted());
  });

  test('numbers are not guessed from texts', () => {
    const accept = { type: 'accept' };
    expect(wrongIn({ command: accept, seenVersion: '3' })).toEqual(['seenVersion']);
    expect(check({ command: accept, seenVersion: 3 })).not.toHaveProperty('error');
  });
});
