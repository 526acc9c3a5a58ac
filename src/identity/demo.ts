import type { Db, Text } from '../platform/door.ts';
import type { Agencies, Agency } from './agencies.ts';
import { type CountyFile, townshipAgencies } from './county-file.ts';
import type { Divisions } from './divisions.ts';
import { personOf } from './persons.ts';
import type { PlaceName } from './place-names.ts';
import type { Role } from './power.ts';
import type { StaffAccount } from './staff.ts';
import { saveDemoStaff } from './store.ts';
import type { PersonStore } from './store-persons.ts';
import type { Subject } from './store-sessions.ts';

/** Somebody to try the demo as. */
export type Persona = { id: string; name: string; role: Text; note: Text; group: 'citizen' | 'staff' };
export type Demo = { personas: Persona[]; subject(personaId: string): Subject | undefined };
export const noDemo: Demo = { personas: [], subject: () => undefined };

/** The counties of the file, the served one first. */
export function demoRegions(county: CountyFile): string[] {
  return placesOf(county).map((place) => place.code);
}

/** What the demo's agencies are made with. */
type Around = { divisions: Divisions; agencies: Agencies; placeName: PlaceName };

/** Writes the demo's agencies, staff and people; those already there stay, changed ones are brought up to date. */
export async function loadDemo(
  db: Db,
  persons: PersonStore,
  county: CountyFile,
  around: Around,
  at: Date,
): Promise<Demo> {
  await around.agencies.save(placesOf(county).flatMap((place) => agenciesIn(county, place, around)));
  await saveDemoStaff(db, placesOf(county).flatMap(staffIn));
  const region = county.county.code;
  const people = county.citizens.flatMap(
    ({ id, ...citizen }) => personOf(`${region}-${id}`, { region, ...citizen }) ?? [],
  );
  await persons.add(people, at);
  const subjects = new Map(county.personas.map((persona) => [persona.id, subjectOf(county, persona)]));
  return {
    personas: county.personas.map(({ id, role, note, group }) => ({
      id,
      name: subjects.get(id)?.name ?? '',
      role,
      note,
      group,
    })),
    subject: (personaId) => subjects.get(personaId),
  };
}

type Place = Pick<CountyFile['otherCounties'][number], 'code' | 'division' | 'agencies' | 'staff'>;

function placesOf(county: CountyFile): Place[] {
  return [{ ...county.county, agencies: county.agencies, staff: county.staff }, ...county.otherCounties];
}

function agenciesIn(county: CountyFile, place: Place, { divisions, placeName }: Around): Agency[] {
  return [
    ...place.agencies.map((agency) => ({ ...agency, region: place.code, division: place.division })),
    ...townshipAgencies(county, place.code, divisions.townships(place.code), placeName),
  ];
}

function staffIn(place: Place): (StaffAccount & { roles: Role[] })[] {
  return place.staff.map((staff) => ({
    ...staff,
    region: place.code,
    id: `${place.code}-${staff.id}`,
    login: staff.id,
    active: true,
  }));
}

function subjectOf(county: CountyFile, persona: CountyFile['personas'][number]): Subject & { name: string } {
  if (persona.group === 'citizen') {
    const name = county.citizens.find(({ id }) => id === persona.citizen)?.name ?? '';
    return { kind: 'person', region: county.county.code, id: `${county.county.code}-${persona.citizen}`, name };
  }
  const staff = placesOf(county)
    .flatMap(staffIn)
    .find(({ login }) => login === persona.staff);
  return { kind: 'staff', region: staff?.region ?? '', id: staff?.id ?? '', name: staff?.name ?? '' };
}
