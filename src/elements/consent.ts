import type { Element } from './model.ts';

/**
 * Whether an element is asked only with separate consent: it is sensitive (个人信息保护法 art. 28, 29) and no statutory duty
 * asks for it (art. 13). Pure.
 */
export function needsConsent({ sensitivity, basis }: Pick<Element, 'sensitivity' | 'basis'>): boolean {
  return sensitivity >= 4 && basis?.kind === 'consent';
}
