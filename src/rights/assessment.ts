import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { type Elements, TextShape } from '../elements/door.ts';
import { readYaml, rulesOf } from '../platform/door.ts';

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

/**
 * The assessments of the makers, and those of whoever runs the node in a folder of their own, if there is one: an id of theirs
 * takes the place of the makers'. An error names the first line that is wrong.
 */
export async function loadAssessments(makers: string, own: string): Promise<Assessment[]> {
  const both = [...(await readFolder(makers)), ...(existsSync(own) ? await readFolder(own) : [])];
  return [...new Map(both.map((one) => [one.id, one])).values()];
}

/** An item and the elements it asks for. */
export type Asking = { id: string; elements: string[] };

/** The items that ask for sensitive data and are named by no assessment (art. 55): they should not be in use. */
export function uncovered(items: Asking[], elements: Elements, assessments: Assessment[]): string[] {
  const covered = new Set(assessments.flatMap(({ covers }) => covers.items));
  // What nobody knows may be anything.
  const asksSensitive = (item: Asking) => item.elements.some((id) => (elements.element(id)?.sensitivity ?? 4) >= 4);
  return items.filter((item) => asksSensitive(item) && !covered.has(item.id)).map(({ id }) => id);
}

async function readFolder(folder: string): Promise<Assessment[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(names.map(async (name) => rulesOf(await readYaml(join(folder, name), AssessmentShape))));
}
