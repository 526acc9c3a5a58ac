/**
 * The five grades of the national rating system and the reasons each offers (国办发〔2019〕51号; codes as the national
 * platform's rating devices send them, read there as of 2020). The list is the same everywhere in the country: nothing is added or left out
 * here. The words are in `texts/rating.yaml` under `rating.level` and `rating.reason`. Pure.
 */
export type Level = 1 | 2 | 3 | 4 | 5;

/** Best first, as people are asked. */
export const levels: Level[] = [5, 4, 3, 2, 1];

const reasons: Record<Level, string[]> = {
  5: ['510', '511', '512', '513', '514', '515', '516', '517'],
  4: ['406', '407', '408', '409', '410', '411', '412', '413'],
  3: ['307', '308', '309', '310', '311', '312', '313', '314'],
  2: ['207', '208', '209', '210', '211', '212', '213', '214'],
  1: ['108', '109', '110', '111', '112', '113', '114', '115'],
};

/** A reason that can be ticked; `text` is the key of its words. */
export type Reason = { code: string; text: string };

/** The reasons a grade offers, in the national order. */
export function codes(level: Level): Reason[] {
  return reasons[level].map((code) => ({ code, text: `rating.reason.${code}` }));
}

/** Whether something is one of the five grades. */
export function isLevel(value: unknown): value is Level {
  return levels.includes(value as Level);
}

export function belongsTo(level: Level, code: string): boolean {
  return reasons[level].includes(code);
}

/** 2 and 1 are bad ratings (差评): somebody must contact the person. */
export const isBad = (level: Level): boolean => level <= 2;
