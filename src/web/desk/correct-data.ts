import { type NotComplete, pinnedIn } from '../../cases/door.ts';
import type { AskedQuestion } from '../../catalog/door.ts';
import type { Answers } from '../../elements/door.ts';
import { type Form, shortened, type Wrong, wrongOf } from '../forms.ts';
import type { ConsentAsked } from '../portal/consent-box.tsx';
import { consentNewIn, uploadsOf } from '../portal/correction.ts';
import type { UploadEntry } from '../portal/materials.tsx';
import type { CaseData } from './case-data.ts';

/** What the page shows on which a counter takes in what was missing. */
export type Correcting = {
  data: CaseData;
  questions: AskedQuestion[];
  answers: Answers;
  /** Papers that may be brought, and which of them are on the table. */
  uploads: UploadEntry[];
  papers: string[];
  /** For which of them the applicant has sent a file since the case was returned. */
  sent: string[];
  asked: ConsentAsked | undefined;
  consented: string | undefined;
  wrong: Wrong;
  cut?: number;
  /** Made when the page was opened, so that the same form sent twice is one correction. */
  ids: Record<'commandId' | 'actId' | 'version', string>;
};

/** The answers as they were, or as they were typed with everything that is wrong with them. */
export async function correcting(
  data: CaseData,
  form: Form = {},
  papers: string[] = [],
  problem?: NotComplete,
): Promise<Correcting> {
  const { desk, file } = data;
  const { house } = desk;
  const { subject, situation, region, number } = file.plan;
  const sent = await house.cases.files.ofDraft(desk.actor, number);
  const { typed, cut } = shortened(form);
  const answers = { ...file.answers, ...answersOf(typed) };
  return {
    data,
    questions: askedHere(house.catalog.questions(subject, situation, answers, pinnedIn(file.plan)), file.withdrawn),
    answers,
    uploads: uploadsOf(house, file),
    papers,
    sent: sent.map(({ material }) => material),
    asked: await consentNewIn(house, desk.actor, file, answers),
    consented: typed.consent,
    wrong: problem ? wrongIn(data, answers, problem) : {},
    cut,
    ids: {
      commandId: typed.commandId || house.ids.id(region),
      actId: typed.actId || house.ids.id(region),
      version: typed.version || String(file.state.version),
    },
  };
}

/** A counter neither reads nor changes what consent was taken back for. */
function askedHere(questions: AskedQuestion[], withdrawn: string[] | null): AskedQuestion[] {
  const kept = questions.map(({ elements, ...question }) => ({
    ...question,
    elements: elements.filter(({ id }) => !withdrawn?.includes(id)),
  }));
  return kept.filter(({ elements }) => elements.length > 0);
}

/** Answers are typed into fields named `a_` and the element's id. */
export function answersOf(form: Form): Form {
  const fields = Object.entries(form).filter(([name]) => name.startsWith('a_'));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(2), value]));
}

function wrongIn({ desk, file }: CaseData, answers: Answers, found: NotComplete): Wrong {
  const { house, view } = desk;
  const { subject, situation } = file.plan;
  const { consent, ...beside } = wrongOf(view, found.fields, found.together);
  const { materials } = house.catalog.tasks(subject, situation, pinnedIn(file.plan), answers);
  const nameOf = (id: string) => materials.find(({ material }) => material.id === id)?.material.name[view.lang] ?? id;
  return Object.fromEntries([
    ...Object.entries(beside).map(([id, message]) => [`a_${id}`, message]),
    ...(consent ? [['consent', view.say('desk.counter.consentMissing')]] : []),
    ...found.missingMaterials.map((id) => [`m_${id}`, view.say('desk.counter.paperMissing', { name: nameOf(id) })]),
  ]);
}
