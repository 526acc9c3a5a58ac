import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { parseYaml, readYaml } from './yaml.ts';

const Shape = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    parts: Type.Array(
      Type.Object({ kind: Type.Enum(['big', 'small']), size: Type.Integer() }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);
const read = (text: string) => parseYaml('parts.yaml', text, Shape);

describe('a YAML file read against a schema', () => {
  it('gives the value when it is right', () => {
    const { value, problems } = read('name: bolt\nparts:\n  - kind: big\n    size: 3\n');
    expect(problems).toEqual([]);
    expect(value).toEqual({ name: 'bolt', parts: [{ kind: 'big', size: 3 }] });
  });

  it('names line and column of every wrong value, all at once', () => {
    const { value, problems } = read('name: 7\nparts:\n  - kind: huge\n    size: 3\n  - kind: big\n');
    expect(value).toBeUndefined();
    expect(problems).toEqual([
      { file: 'parts.yaml', line: 1, column: 7, message: 'name must be string' },
      { file: 'parts.yaml', line: 3, column: 11, message: 'parts.0.kind must be one of big, small' },
      { file: 'parts.yaml', line: 5, column: 5, message: 'parts.1 must have required properties size' },
    ]);
  });

  it('points at an unknown key itself', () => {
    const { problems } = read('name: bolt\nparts: []\ncolour: red\n');
    expect(problems).toEqual([{ file: 'parts.yaml', line: 3, column: 1, message: 'colour is not a known key' }]);
  });

  it('points at broken syntax', () => {
    const [problem] = read('name: bolt\nparts: [1\n').problems;
    expect(problem?.line).toBeGreaterThanOrEqual(2);
    expect(problem?.message).toMatch(/\]/);
  });

  it('refuses a key written twice', () => {
    expect(read('name: a\nname: b\nparts: []\n').problems).toMatchObject([{ line: 2, column: 1 }]);
  });

  it('says that a whole file is of the wrong kind', () => {
    expect(read('').problems).toMatchObject([{ line: 1, column: 1, message: 'the file must be object' }]);
  });

  it('refuses a file that unfolds without end', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [here, before] of ['ba', 'cb', 'dc', 'ed']) {
      bomb.push(`${here}: &${here} [${Array(9).fill(`*${before}`).join(',')}]`);
    }
    expect(read(bomb.join('\n')).problems[0]?.message).toMatch(/alias/i);
  });

  it('places what a schema cannot say, or the nearest value around it', () => {
    const { problemAt } = read('name: bolt\nparts:\n  - kind: big\n    size: 3\n');
    expect(problemAt(['parts', 0, 'size'], 'too small')).toMatchObject({ line: 4, column: 11, message: 'too small' });
    expect(problemAt(['parts', 0, 'when'], 'missing')).toMatchObject({ line: 3, column: 5 });
  });

  it('reports a file that is not there', async () => {
    const { problems } = await readYaml('no/such.yaml', Shape);
    expect(problems).toEqual([{ file: 'no/such.yaml', line: 1, column: 1, message: 'cannot be read: ENOENT' }]);
  });
});
