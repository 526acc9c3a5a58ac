import { join } from 'node:path';
import { actFeeds, storedActs } from './acts.ts';
import { type Audit, openAudit } from './audit.ts';
import { type Cases, readFeed as caseFeed, openCases, openScanner } from './cases/door.ts';
import { type Catalog, type Citation, loadLaws, openCatalog, openProposals, type Proposals } from './catalog/door.ts';
import { type Efficacy, openEfficacy } from './efficacy/door.ts';
import { type Elements, loadElements } from './elements/door.ts';
import { type Identity, openIdentity } from './identity/door.ts';
import { openKin } from './kin.ts';
import {
  type Ledger,
  loadAlarmRules,
  loadKeys,
  openAlarms,
  openLedger,
  openTrail,
  type StoredAct,
  type Stray,
  type Trail,
} from './ledger/door.ts';
import {
  type Calendar,
  type Clock,
  type Config,
  type Db,
  type Feed,
  type IdSource,
  type Indexed,
  type Keeping,
  keptOnce,
  keyHolder,
  type Limits,
  type Log,
  loadCalendar,
  loadLimits,
  loadRetention,
  loadTexts,
  openDb,
  openVault,
  type Resealing,
  randomIds,
  readCalendar,
  type Subscriber,
  type Texts,
  type Vault,
} from './platform/door.ts';
import { openRating, type Rating, readFeed as ratingFeed } from './rating/door.ts';
import { loadAssessments, openRights, type Rights } from './rights/door.ts';

/** The open rooms, as pages and commands use them. Made once. */
export type House = {
  config: Config;
  root: string;
  log: Log;
  db: Db;
  clock: Clock;
  ids: IdSource;
  calendar: () => Calendar;
  /** How long something may take or last. */
  limits: Limits;
  texts: Texts;
  elements: Elements;
  catalog: Catalog;
  /** Laws as a reader of either language reads them. */
  cite: Citation;
  /** Changes of the catalogue that wait for somebody else. */
  proposals: Proposals;
  identity: Identity;
  cases: Cases;
  /** What people ask about their own data. */
  rights: Rights;
  rating: Rating;
  efficacy: Efficacy;
  ledger: Ledger;
  /** Who signed in, read, took out or changed powers (审计日志). */
  trail: Trail;
  /** The trail and unusual reading, for the audit administrator. */
  audit: Audit;
  vault: Vault;
  /** Everything that is kept sealed, to be sealed anew under another key. */
  resealing: Resealing[];
  /** Everything that is found by blind indexes, for a change of their key. */
  indexed: Indexed[];
  /** Everything that is kept for a limited time. */
  keepings: Keeping[];
  /** The acts the ledger is about, as they are stored, by kind. */
  acts: Record<string, Feed<StoredAct>>;
  /** What rooms keep that does not follow from those acts. */
  strays: () => AsyncIterable<Stray>;
  /** Handles everything that has happened so far; for the generator and tests. */
  drain(): Promise<void>;
  /** Drops the efficacy figures and makes them again from the events. */
  rebuildFigures(): Promise<void>;
  close(): Promise<void>;
};

/** Opens every room on a migrated database. The only place that knows them all. */
export async function openHouse(options: {
  config: Config;
  url: string;
  root: string;
  log: Log;
  clock: Clock;
}): Promise<House> {
  const { config, root, log, clock } = options;
  const db = openDb({ url: options.url, log, role: 'tongban_app' });
  const acts = openDb({ url: options.url, log, role: 'tongban_app', byKey: true });
  const ids = randomIds(clock);
  const trail = openTrail(db, ids);
  const limits = await loadLimits(join(root, 'rules/limits.yaml'));
  const texts = loadTexts(join(root, 'texts'));
  const { elements, problems } = await loadElements(join(root, 'elements'));
  for (const problem of problems) log.error({ code: 'element-not-loaded', ...problem });
  let calendar = await loadCalendar(db);
  const vault = await openVault({ db, suite: config.suite, holder: (fresh) => keyHolder(config, fresh) });
  const identity = await openIdentity({
    db,
    clock,
    ids,
    vault,
    demo: config.demo,
    regions: [config.region],
    limits,
    folder: join(root, 'demo'),
    secondStep: config.secondStep,
    breachedPasswords: config.breachedPasswords,
    origin: config.origin,
    provider: config.provider,
    providers: join(root, 'providers'),
    placeNames: join(root, 'rules/place-names.yaml'),
  });
  // Cases and ratings of this process are heard at once by who waits for them; all else, and what happens in another
  // process, at the next look: a look costs a transaction, and eleven of them an act would cost more than the act.
  const near: Subscriber[] = [];
  const told = () => {
    for (const subscriber of near) subscriber.poke();
  };
  const folders = { items: join(root, 'items'), bundles: join(root, 'bundles') };
  const catalog = await openCatalog({ db, folders: [folders], elements, log });
  const proposals = openProposals({ db, ids, catalog, elements, trail });
  const cases = openCases({
    db,
    acts,
    ids,
    log,
    calendar: () => calendar,
    told,
    catalog,
    elements,
    identity,
    limits,
    vault,
    folder: join(config.data, 'files'),
    scan: config.clamav ? openScanner(config.clamav) : undefined,
  });
  const rights = openRights({
    ...{ db, ids, vault, identity, cases },
    elements,
    assessments: await loadAssessments(join(root, 'assessments'), join(config.data, 'assessments')),
    limits,
    classes: await loadRetention(join(root, 'rules/retention.yaml')),
  });
  const rating = openRating({ db, log, calendar: () => calendar, limits, told });
  const efficacy = openEfficacy({ db, log, calendar: () => calendar, clock });
  const origin = config.ledgerOrigin ?? `tongban/${config.region}`;
  const keys = await loadKeys({ file: join(config.data, 'ledger.key'), given: config.ledgerKeys, origin, log });
  const ledger = await openLedger({ db, log, clock, keys, origin });
  const rules = await loadAlarmRules(join(root, 'rules/alarms.yaml'));
  const kinOf = openKin(identity, cases);
  const alarms = openAlarms({ db, log, clock, calendar: () => calendar, trail, rules, kinOf });
  const feeds = { cases: caseFeed, ratings: ratingFeed };
  const { 'case-event': caseEvents, rating: ratings, ...others } = actFeeds;
  near.push(
    ...rating.subscribers(feeds),
    ...efficacy.subscribers(feeds),
    ...ledger.subscribers({ 'case-event': caseEvents, rating: ratings }),
  );
  const subscribers = [...near, ...alarms.subscribers(), ...ledger.subscribers(others)];
  await db.listen('calendar', () => {
    readCalendar(db).then(
      (read) => {
        calendar = read;
      },
      (error: Error) => log.error({ code: 'calendar-not-read', error: error.name }),
    );
  });
  return {
    config,
    root,
    log,
    db,
    clock,
    ids,
    texts,
    elements,
    catalog,
    cite: await loadLaws(join(root, 'rules/laws.yaml')),
    proposals,
    identity,
    cases,
    rights,
    rating,
    efficacy,
    ledger,
    trail,
    audit: openAudit(db, trail, alarms),
    vault,
    resealing: [...identity.resealing, ...cases.resealing, ...rights.resealing],
    indexed: [...identity.indexed, ...cases.indexed],
    keepings: [keptOnce(db, identity.regions), ...identity.keepings, ...cases.keepings, ...rights.keepings],
    acts: storedActs,
    strays: cases.strays,
    calendar: () => calendar,
    limits,
    async drain() {
      for (const subscriber of subscribers) await subscriber.drain();
    },
    rebuildFigures: () => efficacy.rebuild(feeds),
    async close() {
      await Promise.all(subscribers.map((subscriber) => subscriber.stop()));
      await acts.end();
      await db.end();
    },
  };
}
