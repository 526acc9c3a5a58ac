/** What other rooms may use: the words of the house, how they are checked, shown and masked. */
export type { LoadProblem } from '../platform/door.ts';
export { needsConsent } from './consent.ts';
export { creditCodeProblem, creditCodeValid, orgCodeValid } from './credit-code.ts';
export { daysBetween, realDay, yearsBetween } from './day.ts';
export { birthDateOf, idCardProblem, sexOf } from './id-card.ts';
export { checkCharacter3736 } from './iso7064.ts';
export type { Elements } from './load.ts';
export { loadElements } from './load.ts';
export { mask } from './mask.ts';
export type { Answers, Element, Material, Question } from './model.ts';
export { ElementId, ElementShape, MaterialShape, QuestionShape, TextShape } from './model.ts';
export { normalise } from './normalise.ts';
export { phoneValid } from './numbers.ts';
export { isSealed } from './sealed.ts';
export { show, showDay } from './show.ts';
export { check, countCharacters, maxLengthOf } from './validate.ts';
