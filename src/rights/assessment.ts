import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { TextShape } from '../elements/door.ts';
import { readYaml } from '../platform/door.ts';

const closed = { additionalProperties: false };
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** An impact assessment with what the law asks of it (个人信息保护法 art. 55, 56), kept for three years at least. */
export const AssessmentShape = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z-]*$' }),
    name: TextShape,
    covers: Type.Object({ bundles: Type.Array(Type.String()), items: Type.Array(Type.String()) }, closed),
    /** Why one is needed. */
    triggers: Type.Array(Type.Enum(['sensitive', 'minors', 'automatic', 'disclosure', 'abroad']), { minItems: 1 }),
    purpose: TextShape,
    lawfulness: TextShape,
    effects: TextShape,
    measures: TextShape,
    date: Day,
    by: TextShape,
    keepUntil: Day,
    /** Whether somebody who answers for the processing has made it their own. */
    verified: Type.Boolean(),
  },
  closed,
);
export type Assessment = Static<typeof AssessmentShape>;

/** Every assessment of a folder; an error names the first line that is wrong. */
export async function loadAssessments(folder: string): Promise<Assessment[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const { value, problems } = await readYaml(join(folder, name), AssessmentShape);
      const [first] = problems;
      if (!value || first) throw new Error(`${name}:${first?.line}: ${first?.message}`);
      return value;
    }),
  );
}
