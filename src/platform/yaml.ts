import { readFile } from 'node:fs/promises';
import type { Static, TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

/**
 * Something wrong in a file that people write by hand: where exactly, and what. The message is for the author of the
 * file, like a compiler's, and is written to the log; it is never shown to somebody who applies.
 */
export type LoadProblem = { file: string; line: number; column: number; message: string };

/** Where in the file a value stands: `['items', 2, 'when']`. */
export type YamlPath = (string | number)[];

export type ReadYaml<T> = {
  /** Present only when the file is right. */
  value?: T;
  problems: LoadProblem[];
  /** The file as it was written, when it could be read. */
  text?: string;
  /** A problem with the position of the value at this path, for what a schema cannot say. */
  problemAt(path: YamlPath, message: string): LoadProblem;
};

/** Reads a YAML file and checks it against a schema; everything wrong with it comes back with line and column. */
export async function readYaml<S extends TSchema>(file: string, shape: S): Promise<ReadYaml<Static<S>>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const problem = { file, line: 1, column: 1, message: `cannot be read: ${(error as NodeJS.ErrnoException).code}` };
    return { problems: [problem], problemAt: (_path, message) => ({ ...problem, message }) };
  }
  return { ...parseYaml(file, text, shape), text };
}

/** What was read of rules nobody works without; throws with file and line of the first thing that is wrong. */
export function rulesOf<T>({ value, problems: [first] }: ReadYaml<T>): T {
  if (value !== undefined && !first) return value;
  throw new Error(`${first?.file}:${first?.line}: ${first?.message}`);
}

/** The same for a text that is already there. */
export function parseYaml<S extends TSchema>(file: string, text: string, shape: S): ReadYaml<Static<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): LoadProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const problemAt = (path: YamlPath, message: string) => at(offsetOf(document, path), message);
  const syntax = document.errors.map((error) => at(error.pos[0], error.message));
  if (syntax.length > 0) return { problems: syntax, problemAt };
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    return { problems: [at(0, (error as Error).message)], problemAt };
  }
  const problems = schemaProblems(shape, value, document, at);
  return problems.length > 0 ? { problems, problemAt } : { value: value as Static<S>, problems, problemAt };
}

function schemaProblems(
  shape: TSchema,
  value: unknown,
  document: Document,
  at: (offset: number, message: string) => LoadProblem,
): LoadProblem[] {
  const problems: LoadProblem[] = [];
  for (const error of Errors(shape, value)) {
    // An unknown key is reported twice: at the map, and at the key itself, which is the better place.
    if (error.keyword === 'additionalProperties') continue;
    const path = segments(error.instancePath);
    const name = path.join('.') || 'the file';
    if (error.keyword === 'boolean') problems.push(at(offsetOf(document, path, 'key'), `${name} is not a known key`));
    else if (error.keyword === 'enum') {
      problems.push(at(offsetOf(document, path), `${name} must be one of ${error.params.allowedValues.join(', ')}`));
    } else problems.push(at(offsetOf(document, path), `${name} ${error.message}`));
  }
  return problems;
}

function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Offset of the node at the path, or of the nearest one around it that is written in the file. */
function offsetOf(document: Document, path: YamlPath, which: 'key' | 'value' = 'value'): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const key = depth === path.length && which === 'key' ? keyNode(document, path) : undefined;
    const node = key ?? (depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true));
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function keyNode(document: Document, path: YamlPath): Node | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(parent)) return undefined;
  const name = path.at(-1);
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === name);
  return isNode(pair?.key) ? pair.key : undefined;
}
