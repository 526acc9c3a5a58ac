import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffActor } from '../../identity/door.ts';
import type { TrailFilter, TrailRow } from '../../ledger/door.ts';
import { type Http, Problem } from '../../platform/door.ts';
import { type Form, formOf, wrongOf } from '../forms.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';
import { csvOf } from '../watch/csv.ts';
import { type Admin, openAdmin, openFresh } from './admin.ts';
import { askedOf, rowsOfFile, rowsOfPage, soughtOf } from './trail-form.ts';
import { TrailPage } from './trail-page.tsx';
import { type Names, trailTable } from './trail-words.ts';

/** The trail for the audit administrator. That they looked, and took it away, is in the trail too. */
export function registerTrail(app: Http, site: Site): void {
  const { house } = site;
  app.get('/admin/trail', (request, reply) => show(request, reply, {}));
  app.post('/admin/trail', (request, reply) => show(request, reply, formOf(request)));

  app.post('/admin/trail/csv', async (request, reply) => {
    const admin = openFresh(site, request, 'trail.read');
    const form = formOf(request);
    const { filter, wrong } = askedOf(form);
    if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
    const rows = await house.audit.search(admin.actor, await whole(site, admin.actor, form, filter), rowsOfFile);
    const detail = { lines: rows.length };
    await record(house, request, { kind: 'export', what: 'trail.export', outcome: 'done', detail });
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="tongban-trail.csv"')
      .header('cache-control', 'no-store')
      .send(csvOf(trailTable(house.texts, await namesOf(site, admin, rows), rows)));
  });

  async function show(request: FastifyRequest, reply: FastifyReply, form: Form): Promise<FastifyReply> {
    const admin = openAdmin(site, request, 'trail.read');
    const { wrong } = askedOf(form);
    const { rows, more } = await trailPage(site, request, admin.actor, form);
    const { view } = admin;
    const names = await namesOf(site, admin, rows);
    const said = { texts: house.texts, names, typed: form, wrong: wrongOf(view, wrong) };
    const page = TrailPage({ view, ...said, rows, more });
    return site.page(request, reply, page, wrong.length > 0 ? 422 : 200);
  }
}

/** A page of the trail; that somebody looked is in the trail too. None when what was typed is wrong. */
export async function trailPage(
  site: Site,
  request: FastifyRequest,
  actor: StaffActor,
  form: Form,
): Promise<{ rows: TrailRow[]; more: boolean }> {
  const { house } = site;
  const { filter, wrong } = askedOf(form);
  const sought = wrong.length > 0 ? undefined : await whole(site, actor, form, filter);
  const found = sought ? await house.audit.search(actor, sought, rowsOfPage + 1) : [];
  const rows = found.slice(0, rowsOfPage);
  const detail = { found: rows.length };
  await record(house, request, { kind: 'reading', what: 'trail.read', outcome: 'done', detail });
  return { rows, more: found.length > rowsOfPage };
}

/** The question with the accounts and persons that were named in it; somebody unknown is nobody's id. */
async function whole(
  { house }: Site,
  actor: StaffActor,
  form: Form,
  filter: Omit<TrailFilter, 'region'>,
): Promise<Omit<TrailFilter, 'region'>> {
  const { identity } = house;
  const { region } = actor;
  const name = (form.who ?? '').trim().slice(0, 60);
  const who = name ? ((await identity.staff.idOf(region, name)) ?? name) : undefined;
  const sought = soughtOf(form.about);
  if (!sought) return { ...filter, who };
  if ('number' in sought) return { ...filter, who, about: sought.number };
  if ('id' in sought) return { ...filter, who, about: sought.id };
  return { ...filter, who, about: (await identity.persons.findByIdCard(actor, sought.idCard))?.id ?? '' };
}

async function namesOf({ house }: Site, { view, actor }: Admin, rows: TrailRow[]): Promise<Names> {
  const { identity } = house;
  const ids = new Set(rows.filter(({ whoKind }) => whoKind === 'staff').map(({ whoId }) => whoId));
  return {
    staff: await identity.staff.names(actor, [...ids]),
    agency: (id) => identity.agencies.get(id)?.name[view.lang] ?? '',
  };
}
