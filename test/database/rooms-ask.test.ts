import { beforeAll, describe, expect, test } from 'vitest';
import type { StaffActor } from '../../src/identity/door.ts';
import { openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';

/** Rooms ask the policy themselves: a route that forgot to would open nothing. */
let product: Product;
let number: string;
const everybody = ['admin', 'security-admin', 'audit-admin', 'clerk-liantang', 'lead-health', 'supervisor'];
const father = { kind: 'person', id: '360121-father', region: '360121', name: '' } as const;
const told = { who: { kind: 'staff', id: 'x' }, from: '' } as const;

beforeAll(async () => {
  product = await openProduct();
  number = await submitted(await product.as('father'));
});

/** Who of everybody is let in; the others are told that it is not theirs. */
async function letIn(ask: (actor: StaffActor) => Promise<unknown>): Promise<string[]> {
  const found: string[] = [];
  for (const login of everybody) {
    const actor = await product.staff(login);
    const code = await ask(actor).then(
      () => undefined,
      (error) => error.code as string,
    );
    if (code !== 'not-allowed') found.push(login);
  }
  return found;
}

describe('of the trail and its alarms', () => {
  const at = new Date('2026-06-10T02:00:00.000Z');
  const key = { region: '360121', who: 'x', day: '2026-06-10', rule: 'volume', subject: '' } as const;
  const entry = { region: '360121', at, kind: 'act', what: 'alarm.looked-into', outcome: 'done', ...told } as const;

  test('only the audit administrator is told anything', async () => {
    const { audit } = product.house;
    expect(await letIn((actor) => audit.search(actor, {}, 10))).toEqual(['audit-admin']);
    expect(await letIn((actor) => audit.alarms(actor))).toEqual(['audit-admin']);
    expect(await letIn((actor) => audit.alarm(actor, key))).toEqual(['audit-admin']);
    expect(await letIn((actor) => audit.openAlarms(actor))).toEqual(['audit-admin']);
    expect(await letIn((actor) => audit.note(actor, key, { note: '已核实', at }, entry))).toEqual(['audit-admin']);
    await expect(audit.search(father, {}, 10)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(audit.search({ kind: 'guest' }, {}, 10)).rejects.toMatchObject({ code: 'sign-in-required' });
  });

  test('of another county nobody is told, nor may note anything', async () => {
    const auditor = { ...(await product.staff('audit-admin')), region: '360123' };
    const { audit, trail, drain } = product.house;
    await trail.record({ ...entry, kind: 'alarm', what: 'break-glass.open', about: 'case' });
    await drain();
    expect((await audit.alarms(await product.staff('audit-admin'))).rows).toHaveLength(1);
    expect(await audit.alarms(auditor)).toEqual({ rows: [], more: false });
    expect(await audit.search(auditor, {}, 10)).toEqual([]);
    const ofHome = { ...key, rule: 'break-glass', subject: 'case' } as const;
    expect(await audit.alarm(auditor, ofHome)).toBeUndefined();
    await expect(audit.note(auditor, ofHome, { note: '已核实', at }, entry)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('of holds', () => {
  const at = new Date('2026-06-10T02:00:00.000Z');
  test('only the security administrator places, lists and lifts any', async () => {
    const { holds } = product.house.cases;
    const reason = '行政诉讼';
    expect(await letIn((actor) => holds.begin(actor, { number, reason }, at, told))).toEqual(['security-admin']);
    expect(await letIn((actor) => holds.list(actor, at.toISOString()))).toEqual(['security-admin']);
    expect(await letIn((actor) => holds.every(actor, at.toISOString()))).toEqual(['security-admin']);
    expect(await letIn((actor) => holds.lift(actor, 'none', reason, at, told))).toEqual(['security-admin']);
    expect(await letIn((actor) => holds.endOf(actor, number, reason, at, told))).toEqual(['security-admin']);
  });
  test('nobody places one on a case of another county', async () => {
    const keeper = { ...(await product.staff('security-admin')), region: '360123' };
    const placed = product.house.cases.holds.begin(keeper, { number, reason: '行政诉讼' }, at, told);
    await expect(placed).rejects.toMatchObject({ code: 'case-not-found' });
  });
});

describe('of people', () => {
  test('a card is looked up by the counter and for the audit, by nobody else', async () => {
    const { persons } = product.house.identity;
    const finds = await letIn((actor) => persons.findByIdCard(actor, '360121199503120013'));
    expect(finds).toEqual(['audit-admin', 'clerk-liantang']);
    await expect(persons.findByIdCard(father, '360121199503120013')).rejects.toMatchObject({ code: 'not-allowed' });
  });
  test('nobody changes their own record while they act for an organisation', async () => {
    const bakery = { id: 'bakery', name: '', creditCode: '', representative: true, items: null };
    const changed = product.house.identity.persons.changeContact(
      { ...father, for: bakery },
      { phone: '13800000099', address: '莲塘镇' },
    );
    await expect(changed).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
