import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Http } from '../platform/door.ts';
import { sendPacked } from './pack.ts';
import { type StyleArea, stylesheet } from './styles/styles.ts';

/** Stylesheets under their hash, kept by browsers for ever; the icon; small optional scripts with an entity tag. */
export function registerAssets(app: Http, root: string): void {
  for (const area of ['portal', 'staff'] satisfies StyleArea[]) {
    const sheet = stylesheet(area, root);
    app.get(sheet.href, async (request, reply) => {
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=31536000, immutable');
      return sendPacked(request, reply, sheet.css);
    });
  }
  const icon = readFileSync(join(root, 'src', 'web', 'icon.svg'));
  app.get('/assets/icon.svg', async (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  );
  const folder = join(root, 'dist', 'assets');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const script = readFileSync(join(folder, name), 'utf8');
    const tag = `"${createHash('sha256').update(script).digest('hex').slice(0, 16)}"`;
    app.get(`/assets/${name}`, async (request, reply) => {
      reply.header('etag', tag).header('cache-control', 'public, max-age=600');
      if (request.headers['if-none-match'] === tag) return reply.status(304).send();
      return sendPacked(request, reply.type('text/javascript; charset=utf-8'), script);
    });
  }
}
