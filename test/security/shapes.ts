import fc from 'fast-check';

/** The part of JSON Schema that the description of the machine interface uses. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

/** Values as a schema describes them, with odd texts among the texts. */
export function shapeOf(
  schema: Schema,
  named: Record<string, Schema>,
  odd: fc.Arbitrary<string>,
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (one: Schema) => shapeOf(one, named, odd, depth + 1);
  if (depth > 6) return fc.constant(null);
  if (schema.$ref) return inner(named[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const kinds = schema.anyOf ?? schema.oneOf;
  if (kinds) return fc.oneof(...kinds.map(inner));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') return objectOf(schema, inner, odd);
  if (type === 'array') return fc.array(inner(schema.items ?? {}), { maxLength: 4 });
  if (type === 'integer' || type === 'number')
    return fc.oneof(fc.integer({ min: schema.minimum, max: schema.maximum }), fc.constantFrom(-1, 0, 2 ** 53, 1.5));
  if (type === 'boolean') return fc.boolean();
  // Half of them as the pattern says, so that what lies behind it is reached.
  if (type === 'string' && schema.pattern) return fc.oneof(fc.stringMatching(new RegExp(schema.pattern, 'u')), odd);
  if (type === 'string')
    return fc.oneof(fc.string({ unit: 'grapheme', maxLength: Math.min(schema.maxLength ?? 40, 200) }), odd);
  return fc.jsonValue();
}

function objectOf(
  schema: Schema,
  inner: (one: Schema) => fc.Arbitrary<unknown>,
  odd: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  const properties = schema.properties ?? {};
  if (Object.keys(properties).length > 0)
    return fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)])), {
      requiredKeys: schema.required ?? [],
    });
  const values = Object.values(schema.patternProperties ?? {})[0] ?? {};
  return fc.dictionary(fc.oneof(fc.constantFrom('household', 'child_name', 'mother_id_card'), odd), inner(values), {
    maxKeys: 5,
  });
}
