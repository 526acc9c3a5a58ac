import { Readable } from 'node:stream';
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { largestFile, otherPaper, pinnedIn, sightOf } from '../../cases/door.ts';
import type { Subject, TaskList } from '../../catalog/door.ts';
import { Problem } from '../../platform/door.ts';
import { openPaper } from '../desk/reading.ts';
import type { Site } from '../site.ts';
import { type Api, instant, type Signed, signedIn } from './api.ts';
import { DraftMaterial, FileAnswer, shownFile } from './draft-shapes.ts';
import { answer, CaseNumber, closed, created, Id, nothing } from './shapes.ts';
import { checkShape } from './validation.ts';

export const fileTypes = ['application/octet-stream', 'application/pdf', 'image/jpeg', 'image/png', 'image/webp'];
const tags = ['files'];
const path = '/api/v1/drafts/:draft/files/:material';
const MaterialOfCase = Type.Object({ number: CaseNumber, material: Id }, closed);
const Bytes = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

const taken = `At most ${largestFile / 1024 / 1024} MB, JPG, PNG, WebP or PDF, checked, photos made anew; it takes the place of an earlier one`;
const bytesIn = {
  tags,
  consumes: fileTypes,
  body: Bytes,
  headers: Type.Object({
    'content-disposition': Type.Optional(Type.String({ description: "attachment; filename*=UTF-8''name.pdf" })),
  }),
  response: created(FileAnswer),
};
/** The body is a stream that is read once, where it is stored. */
const leaveBody: FastifySchemaCompiler<TSchema> = (part) => (part.httpPart === 'body' ? () => true : checkShape(part));

/** Materials: put one to a form, take it off again, read one of a case. */
export function registerFiles(api: Api, site: Site): void {
  const { house } = site;
  const { cases } = house;

  api.put(path, {
    schema: {
      operationId: 'putFile',
      summary: `Put a file to a material of a form. ${taken}`,
      params: DraftMaterial,
      ...bytesIn,
    },
    validatorCompiler: leaveBody,
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const { material } = request.params;
      const { id, owner, ...draft } = await draftToChange(site, request, request.params.draft);
      const list = house.catalog.tasks(draft.subject, draft.situation, draft, draft.answers);
      const target = { draft: id, owner, subject: draft.subject, material: wanted(list, material) };
      return reply.status(201).send(await putInPlace(site, actor, target, request));
    },
  });
  api.put('/api/v1/cases/:number/files/:material', {
    schema: {
      operationId: 'putFileToCase',
      summary: `Put a file to a material of a case that was returned; it is handed in with the resubmission. ${taken}`,
      params: MaterialOfCase,
      ...bytesIn,
    },
    validatorCompiler: leaveBody,
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const { plan, state, answers } = await cases.read(actor, request.params.number);
      if (state.status !== 'returned') throw new Problem('action-not-possible', { status: state.status });
      const list = house.catalog.tasks(plan.subject, plan.situation, pinnedIn(plan), answers);
      const material = request.params.material === otherPaper ? otherPaper : wanted(list, request.params.material);
      const { number, applicant, subject } = plan;
      const target = { draft: number, owner: applicant.id, subject, material };
      return reply.status(201).send(await putInPlace(site, actor, target, request));
    },
  });
  api.delete(path, {
    schema: {
      operationId: 'removeFile',
      summary: 'Take the file of a material off a form',
      tags,
      params: DraftMaterial,
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const draft = await draftToChange(site, request, request.params.draft);
      const files = await cases.files.ofDraft(actor, draft.id);
      for (const file of files.filter(({ material }) => material === request.params.material)) {
        await cases.files.remove(actor, file, instant(site), draft.subject);
      }
      return reply.status(204).send(null);
    },
  });
  api.get('/api/v1/cases/:number/files/:material', {
    schema: {
      operationId: 'readFile',
      summary: 'The bytes of a material of a case',
      tags,
      params: MaterialOfCase,
      produces: fileTypes,
      response: answer(Bytes),
    },
    handler: async (request, reply) => {
      const { actor } = signedIn(site, request);
      const theCase = await cases.read(actor, request.params.number);
      const { material } = request.params;
      const seen = sightOf(actor, theCase).material(material);
      const found = seen ? theCase.materials.find((one) => one.material === material) : undefined;
      const file = found?.file === undefined ? undefined : await cases.files.get(actor, found.file);
      if (!file) throw new Problem('not-found');
      if (actor.kind === 'staff') await openPaper(site, request, actor, theCase, file.material);
      return reply.type(file.mediaType).header('content-disposition', 'attachment').send(cases.files.read(file));
    },
  });
}

type Target = { draft: string; owner: string; subject?: Subject; material: string };

/** Stores what is sent and takes off what stood there, in this order, so that a refused file loses nothing. */
async function putInPlace({ house }: Site, actor: Signed, target: Target, request: FastifyRequest) {
  const { files } = house.cases;
  // What came as JSON was read and taken apart on the way; it is no paper.
  if (!(request.body instanceof Readable)) throw new Problem('file-type-not-allowed');
  const at = house.clock().toISOString();
  const earlier = (await files.ofDraft(actor, target.draft)).filter(({ material }) => material === target.material);
  const file = await files.put(actor, target, nameOf(request), request.body, at);
  for (const old of earlier) await files.remove(actor, old, at, target.subject);
  return shownFile(file);
}

/** A material of the list that the applicant is to bring. */
function wanted({ materials }: TaskList, id: string): string {
  const found = materials.some(({ material }) => material.id === id && material.source === 'applicant');
  if (!found) throw new Problem('form-invalid', {}, [{ field: id, code: 'material-unknown' }]);
  return id;
}

/** The draft, which its owner may change as long as it is no case. */
async function draftToChange(site: Site, request: FastifyRequest, id: string) {
  const draft = await site.house.cases.drafts.read(signedIn(site, request).actor, id);
  if (draft.number) throw new Problem('action-not-possible', { status: 'submitted' });
  return draft;
}

/** The name the device gave the file; a request without one takes the ending from its content type. */
function nameOf(request: FastifyRequest): string {
  const given = request.headers['content-disposition'] ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(given)?.[1];
  const name = encoded ? decoded(encoded) : /filename="?([^";]+)"?/i.exec(given)?.[1];
  if (name) return name;
  const [, ending = ''] =
    /^(?:image|application)\/(jpeg|png|webp|pdf)/.exec(request.headers['content-type'] ?? '') ?? [];
  return `material.${ending}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
