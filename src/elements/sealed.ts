import type { Element } from './model.ts';

/** What identifies or reaches a person wherever it turns up, though the law does not call it sensitive by itself. */
const reaching = ['id-card', 'phone', 'bank-card', 'address'];

/**
 * Whether answers to an element are sealed where they are kept: all that is sensitive (个人信息保护法 art. 28), and of what
 * is personal the numbers and addresses. An element nobody knows any more is sealed too. Pure.
 */
export function isSealed(element: Pick<Element, 'sensitivity' | 'type'> | undefined): boolean {
  if (!element) return true;
  return element.sensitivity >= 4 || (element.sensitivity === 3 && reaching.includes(element.type));
}
