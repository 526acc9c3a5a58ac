import type { Cases } from './cases/door.ts';
import type { Catalog } from './catalog/door.ts';
import type { Efficacy } from './efficacy/door.ts';
import type { Elements } from './elements/door.ts';
import type { Identity } from './identity/door.ts';
import type { Calendar, Clock, Config, Db, IdSource, Log, Texts } from './platform/door.ts';
import type { Rating } from './rating/door.ts';

/** The open rooms, as pages and commands use them. Made once, in `app.ts`. */
export type House = {
  config: Config;
  root: string;
  log: Log;
  db: Db;
  clock: Clock;
  ids: IdSource;
  calendar: () => Calendar;
  texts: Texts;
  elements: Elements;
  catalog: Catalog;
  identity: Identity;
  cases: Cases;
  rating: Rating;
  efficacy: Efficacy;
  /** Handles everything that has happened so far; for the generator and tests. */
  drain(): Promise<void>;
  /** Drops the efficacy figures and makes them again from the events. */
  rebuildFigures(): Promise<void>;
  close(): Promise<void>;
};
