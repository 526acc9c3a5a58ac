import { administrators, grantableRoles, isGrantable, type Role } from './power.ts';
import { rules } from './rules.ts';

/** Who has to have a second step: `all` who work here, or whoever holds one of these roles. Pure. */
export type SecondRequired = 'all' | readonly Role[];

/** Administrators, and who reads whole dossiers, as the policy says. */
export const weightyRoles: readonly Role[] = grantableRoles.filter(
  (role) => (administrators as readonly Role[]).includes(role) || rules['case.read-all'][role] !== undefined,
);

/**
 * Reads the setting: `all`, `none`, or roles with commas between. Without one it is those of weight, and in a demo nobody.
 * Throws an error that names what is no role.
 */
export function secondRequired(given: string | undefined, demo: boolean): SecondRequired {
  const words = (given ?? '').split(',').flatMap((word) => word.trim() || []);
  if (words.length === 0) return demo ? [] : weightyRoles;
  if (words.length === 1 && words[0] === 'all') return 'all';
  if (words.length === 1 && words[0] === 'none') return [];
  const unknown = words.find((word) => !isGrantable(word));
  if (unknown !== undefined)
    throw new Error(`TONGBAN_SECOND_STEP: "${unknown}" is neither all, none nor one of ${grantableRoles.join(', ')}`);
  return words.filter(isGrantable);
}

/** Whether somebody with these roles has to have one. */
export function needsSecond(required: SecondRequired, roles: readonly Role[]): boolean {
  return required === 'all' || roles.some((role) => required.includes(role));
}
