import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { type FieldProblem, Problem } from '../../platform/door.ts';

/** What the validator says of one place. */
type Finding = { keyword: string; instancePath: string; params: { requiredProperties?: string[] } };
type Shape = TSchema & { properties?: Record<string, Shape>; anyOf?: Shape[]; const?: unknown };

/**
 * Checks what is sent against its shape. Strict: nothing is coerced and nothing unknown is dropped without a word;
 * only numbers in an address are read as numbers.
 */
export const checkShape: FastifySchemaCompiler<TSchema> = (part) => {
  const check = TypeBoxValidatorCompiler(part);
  return (value) => {
    const checked = check(value);
    if (typeof checked !== 'object' || !('error' in checked) || !checked.error) return checked;
    const meant = TypeBoxValidatorCompiler({ ...part, schema: meantBy(part.schema, value) })(value);
    const { error } = meant as { error?: unknown };
    return { error: new Problem('form-invalid', {}, fieldsOf((error ?? checked.error) as Finding[])) };
  };
};

/**
 * The shape with only the kinds of things that were meant: a thing that says its `type` is told what is wrong with
 * that type, not why it is none of the others.
 */
function meantBy(shape: Shape, value: unknown): Shape {
  const members = (value !== null && typeof value === 'object' ? value : {}) as Record<string, unknown>;
  const kinds = shape.anyOf?.map((kind) => kind.properties?.type?.const);
  if (shape.anyOf && kinds?.every((kind) => kind !== undefined)) {
    const type = { enum: kinds };
    const none = { type: 'object', required: ['type'], properties: { type } } as unknown as Shape;
    return shape.anyOf.find((kind) => kind.properties?.type?.const === members.type) ?? none;
  }
  if (!shape.properties) return shape;
  const properties = Object.entries(shape.properties).map(([name, inner]) => [name, meantBy(inner, members[name])]);
  return { ...shape, properties: Object.fromEntries(properties) };
}

/** The places that are wrong, each once, e.g. `command.item`. */
function fieldsOf(findings: Finding[]): FieldProblem[] {
  const places = findings
    .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'additionalProperties')
    .flatMap(({ instancePath, params }) => {
      const path = instancePath.split('/').slice(1);
      return (params.requiredProperties ?? ['']).map((name) => [...path, name].filter(Boolean).join('.'));
    });
  return [...new Set(places)].map((field) => ({ field: field.slice(0, 100), code: 'shape' }));
}
