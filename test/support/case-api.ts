import { type Client, openProduct, type Product } from './api.ts';

/** Cases as the machine interface tells of them, and who works on the newborn's. */
export type Branch = {
  item: string;
  agency: string;
  status: string;
  allowed: string[];
  results?: { value: string }[];
  claimedBy?: { name: string };
};
export type State = {
  number: string;
  version: number;
  status: string;
  outcome?: string;
  allowed: string[];
  branches: Branch[];
};
export type Case = State & {
  answers: Record<string, string>;
  materials: { material: string; state: string }[];
  situation?: Record<string, string>;
  events: { type: string }[];
};
export type Wrong = { code: string; title: string; errors: { field: string; code: string }[] };

export type Office = { product: Product; father: Client; clerk: Client; health: Client };

/** The applicant, the counter of their township, and the approver whose branch comes first. */
export async function openOffice(): Promise<Office> {
  const product = await openProduct();
  return {
    product,
    father: await product.as('father'),
    clerk: await product.as('clerk-liantang'),
    health: await product.as('approver-health'),
  };
}

let made = 0;
/** The id of a command nobody has sent yet. */
export const fresh = (): string => `test-command-${made++}`;

export const act = (who: Client, number: string, command: object, more: object = {}) =>
  who.call<State & Wrong>('POST', `/api/v1/cases/${number}/commands`, { command, commandId: fresh(), ...more });
export const read = (who: Client, number: string) => who.call<Case & Wrong>('GET', `/api/v1/cases/${number}`);
