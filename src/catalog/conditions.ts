import { Environment } from '@marcbachmann/cel-js';
import { birthDateOf, daysBetween, sexOf, yearsBetween } from '../elements/door.ts';

/** One name a condition may use, and the values it can have where these are known. */
export type Name = { id: string; values?: string[] };

/** A condition that was understood. `holds` reads each name it needs; a name without an answer reads as ''. */
export type Condition = {
  names: string[];
  /** It speaks of '' itself, so it knows what to do when nothing was answered. */
  mindsEmpty: boolean;
  /** Undefined when it cannot be judged, e.g. because a day in it is no day. */
  holds(read: (name: string) => string): boolean | undefined;
};
export type Conditions = {
  /** When an item, material, element or question applies: over situation and answers. Text with what is wrong, if it is. */
  when(source: string): Condition | string;
  /** What must hold across fields: the same, and `today`. */
  rule(source: string): Condition | string;
};

type Node = { op: string; args: unknown };
type Parsed = { ast: unknown; check(): { valid: boolean; type?: string; error?: { message: string } } };

/** Conditions in CEL over these names, all of them texts. Each source is compiled once. */
export function openConditions(names: Iterable<Name>): Conditions {
  const known = new Map<string, Set<string> | undefined>();
  for (const { id, values } of names) {
    const before = known.get(id);
    const both = values && (before || !known.has(id)) ? new Set([...(before ?? []), ...values]) : undefined;
    known.set(id, both);
  }
  const base = functions(new Environment({ limits: { maxAstNodes: 500, maxDepth: 40 } }));
  for (const id of known.keys()) base.registerVariable(id, 'string');
  const withToday = known.has('today') ? base : base.clone().registerVariable('today', 'string');
  const whenEnvironment = known.has('today') ? base : base.clone();
  return {
    when: cached((source) => compile(whenEnvironment, source, known)),
    rule: cached((source) => compile(withToday, source, known)),
  };
}

function compile(
  environment: Environment,
  source: string,
  known: Map<string, Set<string> | undefined>,
): Condition | string {
  try {
    const expression = environment.parse(source);
    const wrong = typeProblem(expression) ?? valueProblem(expression.ast as Node, known);
    if (wrong) return wrong;
    const all = nodesOf(expression.ast as Node);
    const used = [...new Set(all.filter(({ op }) => op === 'id').map(({ args }) => String(args)))];
    return {
      names: used,
      mindsEmpty: all.some(({ op, args }) => op === 'value' && args === ''),
      holds(read) {
        try {
          return expression(Object.fromEntries(used.map((name) => [name, read(name)]))) === true;
        } catch {
          return undefined;
        }
      },
    };
  } catch (error) {
    return firstLine((error as Error).message);
  }
}

function typeProblem(expression: Parsed): string | undefined {
  const { valid, type, error } = expression.check();
  if (!valid) return firstLine(error?.message ?? 'cannot be understood');
  return type === 'bool' ? undefined : `gives ${type}, not true or false`;
}

/** A typing error in a value (`household == 'fahter'`) would silently never hold. */
function valueProblem(ast: Node, known: Map<string, Set<string> | undefined>): string | undefined {
  for (const { op, args } of nodesOf(ast)) {
    if (op !== '==' && op !== '!=' && op !== 'in') continue;
    const [left, right] = args as [Node, Node];
    const name = [left, right].find((side) => side.op === 'id');
    const allowed = name && known.get(String(name.args));
    if (!allowed) continue;
    const wrong = [left, right].flatMap(literals).find((value) => value !== '' && !allowed.has(value));
    if (wrong !== undefined) return `'${wrong}' is none of the answers of ${name.args}: ${[...allowed].join(', ')}`;
  }
  return undefined;
}

function literals({ op, args }: Node): string[] {
  if (op === 'list') return (args as Node[]).flatMap(literals);
  return op === 'value' && typeof args === 'string' ? [args] : [];
}

function nodesOf(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (!node || typeof node !== 'object' || !('op' in node)) return [];
  const { op, args } = node as Node;
  return [{ op, args }, ...nodesOf(args)];
}

function functions(environment: Environment): Environment {
  return environment
    .registerFunction('birth_of(string): string', (idCard: string) => birthDateOf(idCard) ?? '')
    .registerFunction('sex_of(string): string', (idCard: string) => sexOf(idCard) ?? '')
    .registerFunction('years_between(string, string): int', (from: string, to: string) => whole(yearsBetween(from, to)))
    .registerFunction('days_between(string, string): int', (from: string, to: string) => whole(daysBetween(from, to)));
}

function whole(value: number | undefined): bigint {
  if (value === undefined) throw new RangeError('not a day');
  return BigInt(value);
}

function cached<T>(make: (source: string) => T): (source: string) => T {
  const made = new Map<string, T>();
  return (source) => {
    const known = made.get(source);
    if (known !== undefined) return known;
    const value = make(source);
    made.set(source, value);
    return value;
  };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.trim() || 'cannot be understood';
}
