/**
 * Powers (权限): a role held over a place and an agency, perhaps for one item only, perhaps for a time. How far each role
 * reaches is the policy's. Pure.
 */
export const grantableRoles = [
  'clerk',
  'approver',
  'issuer',
  'lead',
  'supervisor',
  'catalog-editor',
  'catalog-publisher',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const;
/** `break-glass` is held over one case for an hour and granted by nobody. */
export type Role = (typeof grantableRoles)[number] | 'break-glass';

/** Three people keep the house, so that none of them can do wrong alone (三权分立). */
export const administrators = ['system-admin', 'security-admin', 'audit-admin'] as const satisfies Role[];
/** Whose passwords the system administrator does not set. */
export const otherAdministrators: Role[] = administrators.filter((role) => role !== 'system-admin');
/**
 * Roles that may be held for one item only: those that decide or issue items, and those that look after them. A counter
 * receives whole cases of its place, and answers people about their data, which is of no item.
 */
export const rolesByItem = ['approver', 'issuer', 'lead'] as const satisfies Role[];
/** Roles somebody may lend to a colleague for a while. */
export const rolesToLend = ['approver', 'lead'] as const satisfies Role[];

export type Power = {
  id: string;
  role: Role;
  /** Twelve digits; the power reaches this division and all below it, never outside the county of its holder. */
  division: string;
  agency: string;
  /** Only this item. */
  item?: string;
  /** Only this case. */
  number?: string;
  /** ISO instants: from the first on, until before the second. */
  from?: string;
  until?: string;
  /** The colleague whose power it is, when it is lent. */
  lentBy?: { id: string; name: string };
};

/** One power without end for each role, over the place and agency somebody works for. */
export function powersOf(roles: Role[], { division, agency }: { division: string; agency: string }): Power[] {
  return roles.map((role) => ({ id: role, role, division, agency }));
}

/** Those that have begun and not ended. */
export function validAt(powers: Power[], now: Date): Power[] {
  return powers.filter(
    ({ from, until }) =>
      (from === undefined || Date.parse(from) <= now.getTime()) &&
      (until === undefined || now.getTime() < Date.parse(until)),
  );
}

export function isAdministrator(role: Role): boolean {
  return (administrators as readonly Role[]).includes(role);
}

/** Why somebody who holds these roles may not have another: administrators hold nothing else. Undefined when they may. */
export function keptApart(held: Role[], role: Role): 'administrators-no-cases' | 'administrators-apart' | undefined {
  if (held.some((one) => isAdministrator(one) !== isAdministrator(role))) return 'administrators-no-cases';
  return isAdministrator(role) && held.length > 0 ? 'administrators-apart' : undefined;
}

export function isGrantable(text: string): text is (typeof grantableRoles)[number] {
  return (grantableRoles as readonly string[]).includes(text);
}
