import type { Catalog } from '../catalog/door.ts';
import type { Elements } from '../elements/door.ts';
import type { Identity } from '../identity/door.ts';
import type { Calendar, Db, IdSource } from '../platform/door.ts';
import { openAct } from './act.ts';
import { openDrafts } from './drafts.ts';
import { openFiles } from './files.ts';
import { openLists } from './lists.ts';
import { openReading } from './reading.ts';
import { openSubmit } from './submit.ts';

export type Cases = ReturnType<typeof openCases>;

/** Opens the room: everything that may be done with drafts, cases and their files. */
export function openCases(needs: {
  db: Db;
  ids: IdSource;
  calendar: () => Calendar;
  catalog: Catalog;
  elements: Elements;
  identity: Identity;
  /** Folder of uploaded files. */
  folder: string;
}) {
  return {
    act: openAct(needs.db, needs.calendar),
    submit: openSubmit(needs),
    drafts: openDrafts(needs.db, needs.ids),
    files: openFiles(needs.db, needs.ids, needs.folder),
    lists: openLists(needs.db),
    ...openReading(needs.db),
  };
}
