import { call, type Signed, signIn } from './product.ts';

/** A draft of the father's that has not got far: what a question page shows. */
export async function draftOfFather(base: string): Promise<{ father: Signed; draft: string }> {
  const father = await signIn(base, 'father');
  const situation = {
    household: 'father',
    parents_married: 'yes',
    mother_insured: 'yes',
    wants_card: 'yes',
    has_birth_record: 'no',
  };
  const body = {
    commandId: crypto.randomUUID(),
    division: '360121100000',
    subject: { kind: 'bundle', id: 'newborn' },
    situation,
  };
  const { id } = await call<{ id: string }>(base, father, 'POST', '/api/v1/drafts', body);
  return { father, draft: id };
}
