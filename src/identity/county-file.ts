import Type, { type Static } from 'typebox';
import { creditCodeValid, idCardProblem, orgCodeValid } from '../elements/door.ts';
import { type LoadProblem, readYaml } from '../platform/door.ts';
import type { Agency } from './agencies.ts';
import { type Division, isDivisionCode } from './division.ts';
import type { PlaceName } from './place-names.ts';
import { grantableRoles } from './power.ts';

/** The shape of `demo/county.yaml`: who works and who lives in the demo county. */
const closed = { additionalProperties: false } as const;
const TextShape = Type.Object({ zh: Type.String(), en: Type.String() }, closed);
const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,60}$' });
const Code = Type.String({ pattern: '^[0-9]{12}$' });
const Region = Type.String({ pattern: '^[0-9]{6}$' });

const AgencyShape = Type.Object(
  { id: Id, kind: Id, name: TextShape, creditCode: Type.String(), township: Type.Boolean() },
  closed,
);
const RoleShape = Type.Enum([...grantableRoles]);
const StaffShape = Type.Object(
  { id: Id, name: Type.String(), agency: Id, division: Code, roles: Type.Array(RoleShape, { minItems: 1 }) },
  closed,
);
const County = { code: Region, division: Code, name: TextShape };
const PersonaShape = Type.Object(
  {
    id: Id,
    citizen: Type.Optional(Id),
    staff: Type.Optional(Id),
    group: Type.Enum(['citizen', 'staff']),
    role: TextShape,
    note: TextShape,
  },
  closed,
);
const CitizenShape = Type.Object(
  { id: Id, name: Type.String(), idCard: Type.String(), phone: Type.String(), division: Code, address: Type.String() },
  closed,
);

export const CountyFileShape = Type.Object(
  {
    county: Type.Object(County, closed),
    agencies: Type.Array(AgencyShape),
    townshipAgencies: Type.Array(
      Type.Object({ id: Type.String(), kind: Id, name: TextShape, township: Type.Literal(true) }, closed),
    ),
    staff: Type.Array(StaffShape),
    otherCounties: Type.Array(
      Type.Object({ ...County, agencies: Type.Array(AgencyShape), staff: Type.Array(StaffShape) }, closed),
    ),
    citizens: Type.Array(CitizenShape),
    personas: Type.Array(PersonaShape),
    names: Type.Object(
      {
        surnames: Type.Array(Type.String(), { minItems: 1 }),
        given: Type.Object(
          { male: Type.Array(Type.String(), { minItems: 1 }), female: Type.Array(Type.String(), { minItems: 1 }) },
          closed,
        ),
      },
      closed,
    ),
  },
  closed,
);
export type CountyFile = Static<typeof CountyFileShape>;

/** Reads the file and checks what a schema cannot: codes, ID numbers and references. Throws with file, line and column. */
export async function readCountyFile(file: string): Promise<CountyFile> {
  const { value, problems, problemAt } = await readYaml(file, CountyFileShape);
  const wrong = value ? [...wrongCodes(value, problemAt), ...wrongPersonas(value, problemAt)] : problems;
  if (value && wrong.length === 0) return value;
  throw new Error(wrong.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'));
}

type At = (path: (string | number)[], message: string) => LoadProblem;

function wrongCodes(county: CountyFile, at: At): LoadProblem[] {
  return [
    ...county.agencies.flatMap((agency, index) =>
      creditCodeValid(agency.creditCode)
        ? []
        : [at(['agencies', index, 'creditCode'], 'is no valid social credit code')],
    ),
    ...county.citizens.flatMap((citizen, index) =>
      idCardProblem(citizen.idCard, '9999-12-31') ? [at(['citizens', index, 'idCard'], 'is no valid ID number')] : [],
    ),
    ...county.staff.flatMap((staff, index) =>
      isDivisionCode(staff.division) ? [] : [at(['staff', index, 'division'], 'is no division')],
    ),
  ];
}

function wrongPersonas(county: CountyFile, at: At): LoadProblem[] {
  const staff = [county, ...county.otherCounties].flatMap((place) => place.staff.map(({ id }) => id));
  const citizens = county.citizens.map(({ id }) => id);
  return county.personas.flatMap((persona, index) => {
    const known =
      persona.group === 'staff' ? staff.includes(persona.staff ?? '') : citizens.includes(persona.citizen ?? '');
    return known
      ? []
      : [at(['personas', index], `stands for nobody among the ${persona.group === 'staff' ? 'staff' : 'citizens'}`)];
  });
}

/** Writes out the agencies every township has. Their credit codes are made: DEM in the organisation part, check characters right. */
export function townshipAgencies(
  county: CountyFile,
  region: string,
  townships: Division[],
  placeName: PlaceName,
): Agency[] {
  return townships.flatMap((township) =>
    county.townshipAgencies.map((agency, index) => ({
      id: agency.id.replace('{code}', township.code),
      region,
      kind: agency.kind,
      name: {
        zh: agency.name.zh.replace('{name}', township.name),
        en: agency.name.en.replace('{name}', placeName('en', township.name)),
      },
      division: township.code,
      creditCode: demoCreditCode(region, `DEM${index + 1}0${township.code.slice(6, 9)}`),
      township: true,
    })),
  );
}

/** An invented credit code of a public institution (12) that passes every check. */
export function demoCreditCode(region: string, organisation: string): string {
  const withCheck = [...'0123456789X'].map((check) => organisation + check).find(orgCodeValid);
  const code = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
    .map((check) => `12${region}${withCheck}${check}`)
    .find(creditCodeValid);
  if (!withCheck || !code) throw new Error(`no credit code can be made of ${organisation}`);
  return code;
}
