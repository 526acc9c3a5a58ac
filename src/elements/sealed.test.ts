import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadElements } from './load.ts';
import { isSealed } from './sealed.ts';

const { elements } = await loadElements(join(resolve(import.meta.dirname, '../..'), 'elements'));
const sealed = (id: string) => isSealed(elements.element(id));

test.each(['father_id_card', 'father_phone', 'bank_card', 'household_address', 'child_birth_date', 'hardship_story'])(
  '%s is sealed',
  (id) => expect(sealed(id)).toBe(true),
);
test.each(['business_address', 'payment_way', 'applicant_name', 'employed_since'])('%s is not', (id) =>
  expect(sealed(id)).toBe(false),
);
test('what is unknown is sealed', () => expect(sealed('no_such_element')).toBe(true));
