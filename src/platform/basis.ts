import Type from 'typebox';

/** Where a rule comes from (依据), as the files under `rules/` write it; `verified` says that somebody has read it there. */
export const Basis = Type.Object(
  { source: Type.String(), article: Type.String(), says: Type.String(), verified: Type.Boolean() },
  { additionalProperties: false },
);
