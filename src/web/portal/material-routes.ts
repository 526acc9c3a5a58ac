import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Subject } from '../../catalog/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import type { Site, Upload } from '../site.ts';
import { stepBefore, unsubmitted } from './apply-routes.ts';
import { hrefOf, type Journey, placeInSteps, toBring } from './journey.ts';
import { MaterialsPage } from './materials.tsx';
import { agencyName } from './place.ts';

/** Materials of a form: each file is saved by its own post; what goes wrong is said beside the material it was for. */
export function registerMaterials(app: Http, site: Site): void {
  app.get('/apply/:draft/materials', async (request, reply) =>
    show(site, request, reply, await unsubmitted(site, request)),
  );

  app.post('/apply/:draft/materials', { config: { upload: true } }, async (request, reply) => {
    const upload = await site.upload(request);
    const journey = await unsubmitted(site, request);
    const material = upload.fields.material ?? '';
    const known = toBring(journey).some((entry) => entry.material.id === material);
    if (!known) throw new Problem('form-invalid', {}, [{ field: 'material', code: 'choice-unknown' }]);
    const { id, owner, subject } = journey.draft;
    const target = { draft: id, owner, subject, material };
    const problem = await takeFile(site, request, target, upload);
    if (problem) return show(site, request, reply, journey, { material, problem }, 422);
    return reply.redirect(`${hrefOf(journey, { kind: 'materials' })}#${material}`, 303);
  });
}

/** Keeps the file of an upload, or removes the one its `remove` button names. Gives back what is wrong with the file. */
export async function takeFile(
  site: Site,
  request: FastifyRequest,
  target: { draft: string; owner: string; subject?: Subject; material: string },
  { fields, file }: Upload,
): Promise<Problem | undefined> {
  const { files } = site.house.cases;
  const { actor } = site.view(request);
  const at = site.house.clock().toISOString();
  try {
    if (fields.remove) {
      file?.content.resume();
      const kept = (await files.ofDraft(actor, target.draft)).find(({ id }) => id === fields.remove);
      if (kept) await files.remove(actor, kept, at, target.subject);
      return undefined;
    }
    if (!file) return new Problem('file-missing');
    await files.put(actor, target, file.name, file.content, at);
    return undefined;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'invalid') return error;
    throw error;
  }
}

async function show(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  journey: Journey,
  wrong?: { material: string; problem: Problem },
  status?: number,
) {
  const view = site.view(request);
  const files = await site.house.cases.files.ofDraft(view.actor, journey.draft.id);
  const here = hrefOf(journey, { kind: 'materials' });
  const office = (kind: string) => agencyName(site, kind, journey.draft.division, view.lang);
  const page = MaterialsPage({
    view,
    journey,
    files,
    steps: placeInSteps(journey, { kind: 'materials' }),
    back: stepBefore(journey, here),
    wrong,
    office,
  });
  return site.page(request, reply, page, status);
}
