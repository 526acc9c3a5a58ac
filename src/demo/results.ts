import type { PlannedBranch } from '../cases/door.ts';
import type { Dice } from './random.ts';

/** What an approver would type: the example with other digits, where the pattern lets it. */
export function resultsFor(specs: PlannedBranch['results'], dice: Dice): Record<string, string> {
  return Object.fromEntries(
    specs.map(({ id, pattern, example = '已登记' }) => {
      const varied = example.replace(/\d{4}(?=\D*$)/, () => String(dice.whole(1000, 9999)));
      const fits = !pattern || new RegExp(`^(?:${pattern})$`, 'u').test(varied);
      return [id, fits ? varied : example];
    }),
  );
}
