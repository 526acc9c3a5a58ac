import { canonical, type Stray } from '../ledger/door.ts';
import type { Db } from '../platform/door.ts';
import type { CaseEvent } from './case.ts';
import { branchColumns, type Columns, caseColumns, dossierColumns } from './columns.ts';
import { fold } from './evolve.ts';
import type { Sealing } from './sealing.ts';
import { type KeptCase, keptCases, lostCases } from './store-strays.ts';

/** Cases read in one statement. */
const page = 200;

/**
 * Opens the search for what is kept of a case and does not follow from its events, which the log of acts proves: its row,
 * its branches, what was handed in, and what is sealed, unless an erasure says why that is gone.
 */
export function openStrays(db: Db, sealing: Sealing) {
  return async function* strays(): AsyncGenerator<Stray> {
    for (let after = { region: '', number: '' }; ; ) {
      const cases = await keptCases(db, after, page);
      for (const kept of cases) {
        const column = strayRow(kept);
        if (column) yield { ...keyOf(kept, kept.events.length), column };
        for (const seq of await strayParts(sealing, kept)) yield { ...keyOf(kept, seq), column: 'cases.sealed' };
      }
      const last = cases.at(-1);
      if (!last) break;
      after = last;
    }
    for (const lost of await lostCases(db)) yield { ...keyOf(lost, 1), column: 'cases.case' };
  };
}

const keyOf = ({ region, number }: Pick<KeptCase, 'region' | 'number'>, seq: number) => ({
  ...{ kind: 'case-event', region, number, seq },
});

/** The first column of the rows of a case that says something else than its events. */
function strayRow({ row, samePlan, branches, dossier, events }: KeptCase): string | undefined {
  if (events[0]?.type !== 'submitted') return 'cases.case.number';
  const theCase = fold(events);
  const expected = branchColumns(theCase);
  const found = [
    samePlan ? undefined : 'cases.case.plan',
    nameIn('cases.case', differing(caseColumns(theCase), row)),
    nameIn('cases.dossier', differing(dossierColumns(theCase, events), dossier ?? {})),
    ...branches.map((branch, at) => nameIn('cases.branch', differing(expected[at] ?? {}, branch))),
    branches.length < expected.length ? 'cases.branch.item' : undefined,
  ];
  return found.find((column) => column !== undefined);
}

const nameIn = (table: string, column: string | undefined) => column && `${table}.${column}`;

function differing(expected: Columns, row: Columns): string | undefined {
  const names = new Set([...Object.keys(row), ...Object.keys(expected)]);
  return [...names].find((name) => !isSame(expected[name] ?? null, plain(name, row[name] ?? null)));
}

/** A time as events write it. */
const plain = (name: string, value: unknown) =>
  name.endsWith('_at') && typeof value === 'string' ? new Date(value).toISOString() : value;

/** The database writes JSON in one form, so most of it is the same text already. */
const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one) === JSON.stringify(other) || canonical(one) === canonical(other);

/** The events whose sealed part is gone, is another, or was never there. */
async function strayParts(sealing: Sealing, kept: KeptCase): Promise<number[]> {
  const missing = kept.erased ? [] : kept.events.flatMap(partMissing(kept));
  const wrong = await Promise.all(
    kept.parts.map(async ({ seq, sealed, keyId }) => {
      const part = { seq, sealed: Buffer.from(sealed, 'base64'), keyId };
      return (await sealing.agrees(kept, kept.events[seq - 1], part)) ? [] : [seq];
    }),
  );
  return [...missing, ...wrong.flat()];
}

const partMissing = ({ parts }: KeptCase) => {
  const there = new Set(parts.map(({ seq }) => seq));
  return (event: CaseEvent, at: number) => (event.sealed && !there.has(at + 1) ? [at + 1] : []);
};
