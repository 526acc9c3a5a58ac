import type { FastifyRequest } from 'fastify';
import { type CaseFile, caseResource, type StoredFile, sightOf } from '../../cases/door.ts';
import { type Actor, assertCan, can, type PersonActor } from '../../identity/door.ts';
import { type Http, Problem, regionOf } from '../../platform/door.ts';
import { openPaper } from '../desk/reading.ts';
import { paramOf, queryOf } from '../forms.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

const image = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
/** What a browser may show by itself, and what it may do then; a sandbox would keep its PDF reader from opening. */
const shownInPage: Record<string, string> = {
  'image/jpeg': image,
  'image/png': image,
  'image/webp': image,
  'application/pdf': "frame-ancestors 'none'",
};

/**
 * An uploaded file: the applicant's own, or with `?case=` one of a case the reader may see. Whoever may not is told
 * the same as if it did not exist.
 */
export function registerFiles(app: Http, site: Site): void {
  app.get('/files/:id', async (request, reply) => {
    const view = site.view(request);
    if (view.actor.kind === 'guest') throw new Problem('sign-in-required');
    const file = await site.house.cases.files.get(view.actor, paramOf(request, 'id'));
    if (!file || !(await mayRead(site, request, view, file))) throw new Problem('not-found');
    const policy = shownInPage[file.mediaType];
    return reply
      .headers({
        'content-type': policy ? file.mediaType : 'application/octet-stream',
        'content-length': file.bytes,
        'content-disposition': `${policy ? 'inline' : 'attachment'}; filename*=UTF-8''${quoted(file.name)}`,
        'content-security-policy': policy ?? image,
        'cache-control': 'private, no-store',
      })
      .send(site.house.cases.files.read(file));
  });
}

/** Staff need a reason, their own open work or one they gave a while ago; that they opened it is noted. */
async function mayRead(site: Site, request: FastifyRequest, { actor }: View, file: StoredFile): Promise<boolean> {
  const { case: number } = queryOf(request);
  if (can(actor, 'file.read', { kind: 'draft', region: regionOf(file.id), owner: file.owner })) return true;
  if (actor.kind === 'person' && actor.for?.items && !number) return ofReadableDraft(site, actor, file);
  if (!number) return false;
  const found = await site.house.cases.read(actor, number);
  assertCan(actor, 'file.read', caseResource(found));
  if (!(await isOf(site, actor, found, file))) return false;
  if (actor.kind === 'staff') await openPaper(site, request, actor, found, file.material);
  return true;
}

/** An approver opens the papers their own branch asks for, nobody else's. */
async function isOf(site: Site, actor: Actor, found: CaseFile, file: StoredFile): Promise<boolean> {
  if (!sightOf(actor, found).material(file.material)) return false;
  const used = found.materials.flatMap(({ material, file: id }) => (material === file.material && id ? [id] : []));
  if (used.includes(file.id)) return true;
  // Several photos of one material: the case names one of them, the others came with it.
  const named = await Promise.all(used.map((id) => site.house.cases.files.get(actor, id)));
  return named.some((other) => other?.draft === file.draft);
}

/** An agent whose power names items sees the papers of the forms for those. */
async function ofReadableDraft(site: Site, actor: PersonActor, file: StoredFile): Promise<boolean> {
  const draft = await site.house.cases.drafts.read(actor, file.draft).catch(() => undefined);
  return draft?.owner === file.owner;
}

/** A name as RFC 8187 writes it in a header. */
function quoted(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
