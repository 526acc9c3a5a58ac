import { caseResource, readableMaterials, type StoredFile } from '../../cases/door.ts';
import { assertCan, can } from '../../identity/door.ts';
import { type Http, Problem, regionOf } from '../../platform/door.ts';
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
    const file = await site.house.cases.files.get(paramOf(request, 'id'));
    if (!file || !(await mayRead(site, view, file, queryOf(request).case))) throw new Problem('not-found');
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

async function mayRead(site: Site, { actor }: View, file: StoredFile, number: string | undefined): Promise<boolean> {
  if (can(actor, 'file.read', { kind: 'draft', region: regionOf(file.id), owner: file.owner })) return true;
  if (!number) return false;
  const found = await site.house.cases.read(actor, number);
  assertCan(actor, 'file.read', caseResource(found));
  // An approver opens the papers their own branch asks for, nobody else's.
  const readable = readableMaterials(actor, found).filter(({ material }) => material === file.material);
  const used = readable.flatMap(({ file }) => file ?? []);
  if (used.includes(file.id)) return true;
  // Several photos of one material: the case names one of them, the others came with it.
  const named = await Promise.all(used.map((id) => site.house.cases.files.get(id)));
  return named.some((other) => other?.draft === file.draft);
}

/** A name as RFC 8187 writes it in a header. */
function quoted(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
