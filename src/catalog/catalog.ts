import type { Answers, Elements } from '../elements/door.ts';
import type { Db, LoadProblem, Log, Text } from '../platform/door.ts';
import { type Folders, loadCatalog } from './load.ts';
import type { Bundle, Item, Pinned, Situation, SituationQuestion, Subject } from './model.ts';
import { type Hit, indexOf, type Search } from './search.ts';
import { type Shelf, shelve } from './shelf.ts';
import { publish, readPublished, tellOthers } from './store.ts';
import * as told from './tasks.ts';

/** What can be done here, and what each of it asks for. Everything is answered from memory. */
export type Catalog = {
  /** What can be started today. */
  items(): Item[];
  bundles(): Bundle[];
  /** The current one, or a version that was pinned. */
  item(id: string, version?: number): Item | undefined;
  bundle(id: string, version?: number): Bundle | undefined;
  /** What is wrong in the folders; the last good version of what is wrong stays. */
  problems(): LoadProblem[];
  /** Reads the folders again and tells the other processes. */
  reload(): Promise<void>;
  /** Another one each time the catalogue was read: what was made from an older one is behind. */
  edition(): number;
  search(text: string): Hit[];
  /** What somebody who begins it today is to keep. */
  pin(entry: Item | Bundle): Required<Pinned>;
  /** The situation questions; with answers given, only those that are asked after them. */
  situation(subject: Subject, given?: Situation, pinned?: Pinned): SituationQuestion[];
  tasks(subject: Subject, situation: Situation, pinned?: Pinned, answers?: Answers): told.TaskList;
  questions(subject: Subject, situation: Situation, answers: Answers, pinned?: Pinned): told.AskedQuestion[];
  /** Checks across fields, for answers in their one form. */
  checkTogether(
    subject: Subject,
    situation: Situation,
    answers: Answers,
    today: string,
    pinned?: Pinned,
  ): { field: string; message: Text }[];
};

export type CatalogNeeds = { db: Db; folders: Folders[]; elements: Elements; log: Log };
type Stock = { shelf: Shelf; search: Search; problems: LoadProblem[] };

/** Reads the folders, gives versions to what changed, and keeps all of it in memory, fresh on NOTIFY. */
export async function openCatalog(needs: CatalogNeeds): Promise<Catalog> {
  let { stock } = await take(needs);
  let edition = 0;
  let reading: Promise<unknown> = Promise.resolve();
  /** One reading after the other; a reading that fails leaves what was there. */
  const read = (): Promise<number> => {
    const next = reading.catch(() => undefined).then(() => take(needs));
    reading = next;
    return next.then((taken) => {
      stock = taken.stock;
      edition++;
      return taken.added;
    });
  };
  await needs.db.listen('catalog', () => {
    read().catch((error: Error) => needs.log.error({ code: 'catalog-not-read', reason: error.message }));
  });
  return {
    ...reader(() => stock),
    edition: () => edition,
    async reload() {
      if ((await read()) > 0) await tellOthers(needs.db);
    },
  };
}

/** A catalogue of what is given, without folders and database, e.g. for a test. */
export function catalogOf(shelf: Shelf, problems: LoadProblem[] = []): Omit<Catalog, 'reload' | 'edition'> {
  const stock = { shelf, search: indexOf(shelf.items, shelf.bundles), problems };
  return reader(() => stock);
}

async function take({ db, folders, elements, log }: CatalogNeeds): Promise<{ stock: Stock; added: number }> {
  const { items, bundles, sources, broken, problems } = await loadCatalog(folders, elements);
  for (const problem of problems) log.warn({ code: 'catalog-problem', ...problem });
  const added = await publish(db, items, bundles, sources);
  const current = {
    items: new Set([...items.map(({ id }) => id), ...broken.items]),
    bundles: new Set([...bundles.map(({ id }) => id), ...broken.bundles]),
  };
  const shelf = shelve(await readPublished(db), current, elements);
  return { stock: { shelf, search: indexOf(shelf.items, shelf.bundles), problems }, added };
}

function reader(stock: () => Stock): Omit<Catalog, 'reload' | 'edition'> {
  const chosen = (subject: Subject, situation: Situation, pinned: Pinned = {}, answers: Answers = {}) => {
    const { shelf } = stock();
    const asked = told.situationGiven(shelf, subject, situation, pinned);
    return { tasks: told.chosenTasks(shelf, subject, asked, pinned), given: { shelf, situation: asked, answers } };
  };
  return {
    items: () => stock().shelf.items,
    bundles: () => stock().shelf.bundles,
    item: (id, version) => stock().shelf.item(id, version),
    bundle: (id, version) => stock().shelf.bundle(id, version),
    problems: () => stock().problems,
    search: (text) => stock().search(text),
    pin: (entry) => told.pinOf(stock().shelf, entry),
    situation(subject, given, pinned) {
      const bundle = subject.kind === 'bundle' ? stock().shelf.bundle(subject.id, pinned?.subjectVersion) : undefined;
      if (!bundle) return [];
      return given ? told.situationAsked(stock().shelf, bundle, given) : bundle.situation;
    },
    tasks(subject, situation, pinned, answers) {
      const { tasks, given } = chosen(subject, situation, pinned, answers);
      return told.taskList(tasks, given);
    },
    questions(subject, situation, answers, pinned) {
      const { tasks, given } = chosen(subject, situation, pinned, answers);
      return told.questionsAsked(tasks, given);
    },
    checkTogether(subject, situation, answers, today, pinned) {
      const { tasks, given } = chosen(subject, situation, pinned, answers);
      return told.togetherProblems(tasks, given, today);
    },
  };
}
