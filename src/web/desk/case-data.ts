import type { FastifyRequest } from 'fastify';
import { type CaseFile, pinnedIn, type Sight, sightOf } from '../../cases/door.ts';
import type { House } from '../../house.ts';
import type { Person } from '../../identity/door.ts';
import type { Problem } from '../../platform/door.ts';
import { type Form, queryOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { type ReturnRow, returnRows } from './commands.ts';
import { type Desk, openDesk } from './desk.ts';
import { focusOf } from './focus.ts';
import { type Look, mayOpenPapers, recordReading } from './reading.ts';

/** Which form is open beside the case. */
export const formNames = ['return', 'not-accept', 'refuse', 'reveal'] as const;
export type FormName = (typeof formNames)[number];

/** Everything the page of one case shows. */
export type CaseData = {
  desk: Desk;
  file: CaseFile;
  sight: Sight;
  /** Whether the papers may be opened now. */
  papers: boolean;
  /** What the reader said about why everything is shown. */
  told: string | undefined;
  applicant: Person | undefined;
  divisionName(code: string): string;
  /** The branch the page is about. */
  focus: string | undefined;
  open: FormName | undefined;
  done: string | undefined;
  rows: ReturnRow[];
  /** What was typed into a form that was refused, how much of it is kept when not all, and why. */
  typed: Form;
  cut?: number;
  problem?: Problem;
};

export type Refused = Required<Pick<CaseData, 'typed' | 'problem'>> & Pick<CaseData, 'cut'>;

/**
 * Reads a case for its page, and notes that it was read. With a refused form the page shows why, and keeps what was
 * typed.
 */
export async function caseData(
  site: Site,
  request: FastifyRequest,
  number: string,
  refused?: Refused,
  look: Look = { what: 'case.read' },
): Promise<CaseData> {
  const { house } = site;
  const desk = await openDesk(site, request);
  const file = await house.cases.read(desk.actor, number);
  const sight = sightOf(desk.actor, file, look.told !== undefined);
  await recordReading(site, request, file, sight, look);
  const query = queryOf(request);
  const { region, applicant } = file.plan;
  const open = formNames.find((name) => name === (refused?.typed.act ?? query.do));
  return {
    desk,
    file,
    sight,
    papers: await mayOpenPapers(site, desk.actor.id, file, sight),
    told: look.told,
    applicant: await house.identity.persons.get(desk.actor, region, applicant.id),
    divisionName: await divisionNames(desk, file),
    focus: focusOf(file, sight.mine, refused?.typed.item ?? query.item, desk.actor.id),
    open,
    done: refused ? undefined : query.done,
    rows: rowsOf(house, file),
    ...(refused ?? { typed: {} }),
  };
}

/** What a clerk may tick as missing. */
export function rowsOf({ catalog, elements }: House, file: CaseFile): ReturnRow[] {
  const { subject, situation } = file.plan;
  const { materials } = catalog.tasks(subject, situation, pinnedIn(file.plan));
  const papers = materials.filter(({ material }) => material.source === 'applicant');
  return returnRows(
    file,
    elements,
    papers.map(({ material }) => ({ id: material.id, name: material.name.zh })),
  );
}

/** Names of the places that were answered: a village is named with its township. */
async function divisionNames({ house, view }: Desk, { answers }: CaseFile): Promise<(code: string) => string> {
  const names = new Map<string, string>();
  for (const [id, code] of Object.entries(answers)) {
    if (house.elements.element(id)?.type !== 'division') continue;
    const own = await house.identity.divisions.find(code);
    const township = `${code.slice(0, 9)}000`;
    const village = own
      ? undefined
      : (await house.identity.divisions.villages(township)).find((each) => each.code === code);
    const named = own ? [own.name] : [house.identity.divisions.get(township)?.name ?? '', village?.name ?? ''];
    names.set(code, view.placeName(...named));
  }
  return (code) => names.get(code) || code;
}
