import Type from 'typebox';
import { readYaml } from '../platform/door.ts';

const closed = { additionalProperties: false };
const RightsFile = Type.Object(
  {
    answer: Type.Object(
      {
        days: Type.Integer({ minimum: 1, maximum: 365 }),
        basis: Type.Object(
          { source: Type.String(), article: Type.String(), says: Type.String(), verified: Type.Boolean() },
          closed,
        ),
      },
      closed,
    ),
  },
  closed,
);

/** Calendar days an answer may take; an error names the first line that is wrong. */
export async function loadAnswerDays(file: string): Promise<number> {
  const { value, problems } = await readYaml(file, RightsFile);
  const [first] = problems;
  if (!value || first) throw new Error(`${file}:${first?.line}: ${first?.message}`);
  return value.answer.days;
}
