import { createHash, randomBytes } from 'node:crypto';
import { type Answers, type Elements, isSealed } from '../elements/door.ts';
import { keyIdOf, NotOpened, placeOf, type SealedTable, type Vault } from '../platform/door.ts';
import type { Case, CaseEvent, CaseMaterial } from './case.ts';

/** The classified part of one event, sealed. It lies beside the events, not in them. */
export type SealedPart = { seq: number; sealed: Buffer; keyId: number };
type Secret = { answers?: Answers; results?: Record<string, string> };
type Key = { region: string; number: string };
/** A case as it is stored, with what was sealed of its events. */
type Stored = Case & { answers: Answers; materials: CaseMaterial[]; events: CaseEvent[] };

export const sealedTable: SealedTable = { table: 'cases.sealed', key: { region: 'text', number: 'text', seq: 'int' } };

/** Begins what is sealed, so that nobody can find a commitment again by trying out likely answers. */
const saltBytes = 32;

export type Sealing = ReturnType<typeof openSealing>;

/**
 * Takes the classified part out of events before they are written, and puts it back when a case is read. The event
 * keeps a commitment, the hash of what was taken out: it proves the part, and stays true under a new key, and when the
 * part has been forgotten.
 */
export function openSealing(vault: Vault, elements: Elements) {
  /** Answers anybody who reads the table may see, and those nobody may. */
  const split = (answers: Answers): { clear: Answers; secret: Answers } => {
    const entries = Object.entries(answers);
    return {
      clear: Object.fromEntries(entries.filter(([id]) => !isSealed(elements.element(id)))),
      secret: Object.fromEntries(entries.filter(([id]) => isSealed(elements.element(id)))),
    };
  };
  const takeOut = (event: CaseEvent): { event: CaseEvent; secret?: Secret } => {
    if (event.type === 'submitted' || event.type === 'resubmitted') {
      const { clear, secret } = split(event.answers);
      return Object.keys(secret).length > 0
        ? { event: { ...event, answers: clear }, secret: { answers: secret } }
        : { event };
    }
    if (handsOn(event) && event.results.length > 0) {
      const results = event.results.map((result) => ({ ...result, value: '' }));
      const values = Object.fromEntries(event.results.map(({ id, value }) => [id, value]));
      return { event: { ...event, results }, secret: { results: values } };
    }
    return { event };
  };
  return {
    split,
    /** Elements whose answers are sealed. */
    classified: (): string[] =>
      elements.questions.flatMap((question) => question.elements.filter(isSealed).map(({ id }) => id)),
    /** The blind indexes of the id cards among answers, as they are to be written: who has one finds the case (`cases.named`). */
    cardsIn: (region: string, answers: Answers): Buffer[] =>
      Object.entries(answers)
        .filter(([id, value]) => value !== '' && elements.element(id)?.type === 'id-card')
        .map(([, value]) => vault.indexToWrite(value, 'id-card', region)),
    /** Those an id card may lie under there. */
    indexesOf: (region: string, idCard: string): Buffer[] => vault.blindIndexes(idCard, 'id-card', region),
    /** What may be an id card among everything that was ever answered in a case; of elements that are gone too. */
    async mayBeCards(key: Key, answered: Answers[], parts: { seq: number; sealed: string }[]): Promise<string[]> {
      const opened = await Promise.all(
        parts.map(async ({ seq, sealed }) => {
          const place = placeOf(sealedTable, [key.region, key.number, seq]);
          const plain = await vault.open(Buffer.from(sealed, 'base64'), place);
          return (JSON.parse(plain.toString('utf8', saltBytes)) as Secret).answers ?? {};
        }),
      );
      const values = [...answered, ...opened].flatMap((answers) =>
        Object.entries(answers).filter(([id]) => (elements.element(id)?.type ?? 'id-card') === 'id-card'),
      );
      return values.map(([, value]) => value);
    },
    /** Events as they are to be written from number `first` on, and what goes beside them. */
    seal({ region, number }: Key, events: CaseEvent[], first: number): { events: CaseEvent[]; parts: SealedPart[] } {
      const parts: SealedPart[] = [];
      const written = events.map((whole, index) => {
        const { event, secret } = takeOut(whole);
        if (!secret) return event;
        const seq = first + index;
        const plain = Buffer.concat([randomBytes(saltBytes), Buffer.from(JSON.stringify(secret))]);
        const sealed = vault.seal(plain, placeOf(sealedTable, [region, number, seq]));
        parts.push({ seq, sealed, keyId: keyIdOf(sealed) });
        return { ...event, sealed: commitment(plain) };
      });
      return { events: written, parts };
    },
    /** Whether a part is the one its event names, sealed with the key the row says. */
    async agrees({ region, number }: Key, event: CaseEvent | undefined, part: SealedPart): Promise<boolean> {
      const place = placeOf(sealedTable, [region, number, part.seq]);
      const plain = await vault.open(part.sealed, place).catch((error) => {
        if (error instanceof NotOpened) return undefined;
        throw error;
      });
      return plain !== undefined && commitment(plain) === event?.sealed && keyIdOf(part.sealed) === part.keyId;
    },
    /** What the commitments of events are of, by the number of the event: salt and classified part, in base64. */
    async opened({ region, number }: Key, parts: { seq: number; sealed: string }[]): Promise<Map<number, string>> {
      const open = async ({ seq, sealed }: { seq: number; sealed: string }) => {
        const plain = await vault.open(Buffer.from(sealed, 'base64'), placeOf(sealedTable, [region, number, seq]));
        return [seq, plain.toString('base64')] as const;
      };
      return new Map(await Promise.all(parts.map(open)));
    },
    /** A stored case with everything put back: answers, and results in its state and in its events. */
    async open<T extends Stored>(stored: T, parts: { seq: number; sealed: string }[]): Promise<T> {
      const { region, number } = stored.plan;
      const events = [...stored.events];
      for (const { seq, sealed } of parts) {
        const event = events[seq - 1];
        const plain = await vault.open(Buffer.from(sealed, 'base64'), placeOf(sealedTable, [region, number, seq]));
        if (!event || commitment(plain) !== event.sealed)
          throw new Error('a sealed part is not the one its event names');
        events[seq - 1] = putBack(event, JSON.parse(plain.toString('utf8', saltBytes)));
      }
      return {
        ...stored,
        events,
        answers: answersIn(events) ?? stored.answers,
        state: withResults(stored.state, events),
      };
    },
  };
}

/** A case as an act answers with it: where it stands, without what branches handed on; that is read with the case. */
export function withoutResults({ plan, state }: Case): Case {
  const branches = Object.entries(state.branches).map(([item, { results: _, ...branch }]) => [item, branch]);
  return { plan, state: { ...state, branches: Object.fromEntries(branches) } };
}

type HandsOn = Extract<CaseEvent, { type: 'branch-decided' | 'branch-issued' }>;
const handsOn = (event: CaseEvent): event is HandsOn =>
  event.type === 'branch-decided' || event.type === 'branch-issued';

const commitment = (plain: Buffer) => createHash('sha256').update(plain).digest('hex');

function putBack(event: CaseEvent, { answers, results }: Secret): CaseEvent {
  if (event.type === 'submitted' || event.type === 'resubmitted')
    return { ...event, answers: { ...event.answers, ...answers } };
  if (!handsOn(event)) return event;
  return { ...event, results: event.results.map((result) => ({ ...result, value: results?.[result.id] ?? '' })) };
}

/** The newest answers; nothing when what was sealed of them is gone. */
function answersIn(events: CaseEvent[]): Answers | undefined {
  const last = events.findLast((event) => event.type === 'submitted' || event.type === 'resubmitted');
  return last && 'answers' in last ? last.answers : undefined;
}

function withResults(state: Case['state'], events: CaseEvent[]): Case['state'] {
  const branches = { ...state.branches };
  for (const event of events) {
    const branch = handsOn(event) ? branches[event.item] : undefined;
    if (branch && handsOn(event)) branches[event.item] = { ...branch, results: event.results };
  }
  return { ...state, branches };
}
