import { check, creditCodeProblem, idCardProblem, normalise, phoneValid } from '../elements/door.ts';
import type { ProviderProfile } from './provider-profile.ts';

/** What a provider says of somebody, in our words and checked by our rules. Personal data: never in logs. */
export type Told = {
  name: string;
  idCard: string;
  /** Empty when the provider gives none that could be called. */
  phone: string;
  organisation?: { creditCode: string; name: string; representative: boolean };
};

/** Whatever a provider may send under a name. */
export type Claims = Record<string, unknown>;

const words = { sensitivity: 3, source: 'provider' } as const;
const nameElement = { ...words, id: 'name', type: 'person-name', name: { zh: '', en: '' } } as const;
const longestOrganisation = 100;

/**
 * Reads the claims of a sign-in. Pure. Gives the names of the claims that are missing or cannot be right instead of
 * letting anything half-known in; only a telephone may be missing.
 */
export function readClaims(profile: ProviderProfile, claims: Claims, today: string): Told | { wrong: string[] } {
  const text = (name: keyof ProviderProfile['claims']): string => {
    const value = claims[profile.claims[name]];
    return typeof value === 'string' ? value.slice(0, 400) : '';
  };
  const name = normalise({ type: 'person-name' }, text('name'));
  const idCard = normalise({ type: 'id-card' }, text('idCard'));
  const phone = normalise({ type: 'phone' }, text('phone'));
  const organisation = organisationIn(profile, text);
  const wrong = [
    ...(check(nameElement, name, { today }) ? ['name'] : []),
    ...(idCardProblem(idCard, today) ? ['idCard'] : []),
    ...(organisation === 'wrong' ? ['organisation'] : []),
  ];
  if (wrong.length > 0 || organisation === 'wrong') return { wrong };
  return { name, idCard, phone: phoneValid(phone) ? phone : '', organisation };
}

function organisationIn(
  { representative }: ProviderProfile,
  text: (name: keyof ProviderProfile['claims']) => string,
): Told['organisation'] | 'wrong' {
  const creditCode = normalise({ type: 'credit-code' }, text('creditCode'));
  const name = normalise({ type: 'text' }, text('organisation'));
  if (creditCode === '' && name === '') return undefined;
  if (creditCodeProblem(creditCode) || name === '' || name.length > longestOrganisation) return 'wrong';
  return { creditCode, name, representative: representative.includes(text('role')) };
}
