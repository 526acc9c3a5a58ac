import { isAbsolute, join } from 'node:path';
import Type, { type Static } from 'typebox';
import { readYaml } from '../platform/door.ts';

/** The shape of a file in `providers/`: what a provider calls things, and how sure its levels are. */
const closed = { additionalProperties: false } as const;
const Level = Type.Integer({ minimum: 0, maximum: 3 });
const Claim = Type.String({ minLength: 1 });

export const ProviderProfileShape = Type.Object(
  {
    verified: Type.Boolean(),
    name: Type.Object({ zh: Type.String(), en: Type.String() }, closed),
    scope: Type.String({ pattern: '(^| )openid( |$)' }),
    claims: Type.Object(
      { name: Claim, idCard: Claim, phone: Claim, creditCode: Claim, organisation: Claim, role: Claim },
      closed,
    ),
    representative: Type.Array(Type.String()),
    levels: Type.Array(Type.Object({ acr: Claim, level: Level }, closed)),
    needs: Type.Object({ signIn: Level, powers: Level }, closed),
  },
  closed,
);
export type ProviderProfile = Static<typeof ProviderProfileShape>;

/** Reads a profile by its name in `folder` or by its path. Throws with the line of what is wrong: it is read at the start. */
export async function readProviderProfile(folder: string, profile: string): Promise<ProviderProfile> {
  const file = isAbsolute(profile) ? profile : join(folder, `${profile}.yaml`);
  const { value, problems } = await readYaml(file, ProviderProfileShape);
  if (value) return value;
  throw new Error(problems.map(({ line, message }) => `${file}:${line} ${message}`).join('\n'));
}

/** How sure the provider was; what it does not say or we do not know counts as nothing. */
export function levelOf({ levels }: ProviderProfile, acr: unknown): number {
  return levels.find((level) => level.acr === acr)?.level ?? 0;
}

/** What to ask a provider for to get at least a level, the least first. */
export function acrsFrom({ levels }: ProviderProfile, level: number): string[] {
  return levels.filter((each) => each.level >= level).map(({ acr }) => acr);
}
