import type { Catalog } from '../catalog/door.ts';
import type { Elements } from '../elements/door.ts';
import type { Identity } from '../identity/door.ts';
import {
  type Calendar,
  type Db,
  type IdSource,
  type Limits,
  type Log,
  sealedRows,
  type Vault,
} from '../platform/door.ts';
import { type ActRequest, openAct } from './act.ts';
import type { Case, GivenCommand } from './case.ts';
import { openMayConsent } from './consent-age.ts';
import { openConsents } from './consents.ts';
import { openCorrecting } from './correcting.ts';
import { draftTable, openDrafts } from './drafts.ts';
import { openErasing } from './erasing.ts';
import { openFiles } from './files.ts';
import { openGivingBack } from './giving-back.ts';
import { openHolds } from './holds.ts';
import { openIndexed, openNaming } from './named.ts';
import { openOverdue } from './overdue.ts';
import { openReading } from './reading.ts';
import { openRecounting } from './recounting.ts';
import { openRetention } from './retention.ts';
import type { Scanner } from './scanner.ts';
import { openSealing, sealedTable } from './sealing.ts';
import { namesSomebody } from './store.ts';
import { openLists } from './store-lists.ts';
import { openStrays } from './strays.ts';
import { openSubmit } from './submit.ts';

export type Cases = ReturnType<typeof openCases>;
/** One wish of another room to change one case. */
export type GivenRequest = Omit<ActRequest, 'command'> & { command: GivenCommand };

/** Opens the room: everything that may be done with drafts, cases and their files. */
export function openCases(needs: {
  db: Db;
  /** Connections for acts, which look everything up by key; without them acts share `db`. */
  acts?: Db;
  ids: IdSource;
  log: Log;
  calendar: () => Calendar;
  catalog: Catalog;
  elements: Elements;
  identity: Identity;
  limits: Limits;
  vault: Vault;
  /** Called when something has happened, so that whoever listens looks at once. */
  told?: () => void;
  /** Folder of uploaded files. */
  folder: string;
  /** Looks for viruses in uploaded files; without one none are looked for. */
  scan?: Scanner;
}) {
  const { db, ids, log, vault } = needs;
  const sealing = openSealing(vault, needs.elements);
  const act = thenTell(
    openAct({ ...needs, db: needs.acts ?? db, sealing, mayConsent: openMayConsent(needs) }),
    needs.told,
  );
  const drafts = openDrafts(db, ids, vault, sealing);
  const files = openFiles({ db, ids, vault, folder: needs.folder, scan: needs.scan });
  const { whole, ...reading } = openReading(db, sealing);
  return {
    /** Does one act; what is handed in again comes by `correct`, which checks it. */
    act: (request: GivenRequest): Promise<Case> => act(request),
    correct: openCorrecting({ ...needs, read: whole, files: files.store, act }),
    /** Accepts what nobody answered in time. */
    deemOverdue: openOverdue(db, act, log),
    /** Counts due days anew when the calendar has changed. */
    recount: openRecounting(db, needs.calendar, act, log),
    /** Gives back what accounts had claimed that are switched off. */
    giveBack: openGivingBack(db, act, log),
    submit: thenTell(openSubmit(needs), needs.told),
    consents: openConsents(db),
    drafts,
    /** What people may have erased of their own. */
    erasing: openErasing({ db, files: files.content }),
    files: files.store,
    lists: openLists(db),
    /** What is kept of cases that does not follow from their events; for whoever verifies the log. */
    strays: openStrays(db, sealing),
    ...reading,
    /** Whether somebody of this name is named in the answers of a case. */
    names: (region: string, number: string, name: string) => namesSomebody(db, { region, number }, name),
    /** Cases of others that name the person who asks. */
    naming: openNaming({ db, identity: needs.identity, sealing }),
    /** What is kept here for a limited time, and what holds it longer. */
    keepings: openRetention({ db, files: files.content, regions: needs.identity.regions }),
    holds: openHolds({ db, ids }),
    /** What is kept sealed here, to be sealed anew under another key. */
    resealing: [sealedRows(db, vault, sealedTable), sealedRows(db, vault, draftTable), files.resealing],
    /** What is found here by blind indexes, for a change of their key. */
    indexed: openIndexed(sealing),
  };
}

function thenTell<Request, Done>(work: (request: Request) => Promise<Done>, told = () => {}) {
  return async (request: Request): Promise<Done> => {
    const done = await work(request);
    told();
    return done;
  };
}
