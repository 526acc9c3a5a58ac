import { type Answers, type Elements, needsConsent } from '../elements/door.ts';

/**
 * Separate consent to sensitive answers that no statutory duty asks for (个人信息保护法 art. 29), for a child under fourteen
 * by its guardian (art. 31). Pure.
 */
export const guardians = ['father', 'mother', 'guardian'] as const;
export type ConsentAs = 'self' | (typeof guardians)[number];

/**
 * Version of the words people consent to today, `rights.consent.text.<version>` of `texts/rights.yaml`. Words somebody has
 * consented to are never changed: others get a new version.
 */
export const consentText = 'v1';

export type Consent = {
  elements: string[];
  /** Version of the words. */
  text: string;
  as: ConsentAs;
};

/** The answers of an application that need consent, by element. */
export function consentElements(elements: Elements, answers: Answers): string[] {
  const given = Object.keys(answers).filter((id) => answers[id]?.trim());
  return given.filter((id) => {
    const element = elements.element(id);
    return element !== undefined && needsConsent(element);
  });
}

/**
 * As whom an applicant consents: for themselves, or for the child the answers are about. Who is named as its father or
 * mother consents as such, anybody else as another guardian.
 */
export function consentsAs(elements: Elements, ids: string[], answers: Answers, applicant: string): ConsentAs {
  if (!ids.some((id) => elements.element(id)?.about === 'child')) return 'self';
  if (answers.father_name === applicant) return 'father';
  return answers.mother_name === applicant ? 'mother' : 'guardian';
}
