import type { DeviceKind } from '../../src/identity/door.ts';
import type { Product } from './api.ts';
import { liantang } from './newborn.ts';

/** The security administrator of the demo, as the rooms know them. */
export async function securityAdmin({ house }: Product) {
  const actor = await house.identity.staff.actor('360121', '360121-security-admin', house.clock());
  if (!actor) throw new Error('there is no security administrator');
  return actor;
}

/** A device somebody has enrolled and opened; `cookie` is what its browser sends. */
export async function enrolled(product: Product, kind: DeviceKind): Promise<{ id: string; cookie: string }> {
  const { identity, clock } = product.house;
  const moment = { at: clock(), from: 'test' };
  const form = { name: `莲塘${kind}`, kind, division: liantang };
  const { id, code } = await identity.devices.enrol(await securityAdmin(product), form, moment);
  const { token } = await identity.devices.open(code, moment, '127.0.0.1');
  return { id, cookie: `tb_enrolled=${token}` };
}
