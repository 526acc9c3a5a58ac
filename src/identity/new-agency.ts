import { creditCodeProblem } from '../elements/door.ts';
import { byOperator, openTrail } from '../ledger/door.ts';
import { type Clock, type Db, type FieldProblem, type IdSource, Problem, type Text } from '../platform/door.ts';
import type { Agencies, Agency } from './agencies.ts';
import { padCode } from './division.ts';
import type { Divisions } from './divisions.ts';

/** An agency as somebody names it at the command line. `kind` is what items call it, e.g. `health`. */
export type NewAgency = { kind: string; name: Text; division: string; creditCode: string };

type AddAgency = {
  db: Db;
  ids: IdSource;
  clock: Clock;
  identity: { agencies: Agencies; divisions: Divisions };
};

/**
 * Adds an agency of a county served here, or changes its names and credit code. One of a township serves that township
 * alone. The trail says so. Throws what is wrong, all at once; the caller is a person at the command line.
 */
export async function addAgency(
  { db, ids, clock, identity: { agencies, divisions } }: AddAgency,
  given: NewAgency,
): Promise<Agency> {
  const { kind, name, division } = given;
  const creditCode = given.creditCode.trim().toUpperCase();
  const code = creditCodeProblem(creditCode);
  const params = { name: '统一社会信用代码', nameEn: 'unified social credit code', typed: creditCode.length };
  const fields: FieldProblem[] = [
    ...(/^[a-z][a-z0-9-]{1,60}$/.test(kind) ? [] : [{ field: 'kind', code: 'agency-kind-format' }]),
    ...(name.zh.trim() && name.en.trim() ? [] : [{ field: 'name', code: 'agency-name-empty' }]),
    // A city or a province has agencies of its own, but they are not this node's.
    ...(divisions.get(division) && division.slice(4, 6) !== '00'
      ? []
      : [{ field: 'division', code: 'division-unknown' }]),
    ...(code ? [{ field: 'creditCode', code, params }] : []),
  ];
  if (fields.length > 0) throw new Problem('form-invalid', {}, fields);
  const region = division.slice(0, 6);
  const township = division !== padCode(region);
  const place = township ? division : region;
  const agency: Agency = { id: `${place}-${kind}`, region, kind, name, division, creditCode, township };
  const said = { kind: 'act', what: 'agency.save', about: agency.id, detail: { division, creditCode } } as const;
  await agencies.save([agency], (tx) => openTrail(db, ids).recordIn(tx, byOperator(region, clock(), said)));
  return agency;
}
