import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeviceCode, StaffActor } from '../../identity/door.ts';
import { doOnce, type Http } from '../../platform/door.ts';
import {
  type Form,
  flawsIn,
  formOf,
  longForm,
  paramOf,
  queryOf,
  refuseTooLong,
  shortened,
  type Wrong,
  wrongOf,
} from '../forms.ts';
import { onceOfForm } from '../once.ts';
import { offsetOf, pageOf } from '../paging.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';
import { longest, openAdmin, openFresh } from './admin.ts';
import { AdminDevicePage } from './device.tsx';
import { CodePage, DevicesPage, EnrolDevicePage } from './devices.tsx';
import { momentOf } from './people-routes.ts';

const enrols = 'device.enrol';

/** Kiosks and village stations: the security administrator enrols them, gives another code, and revokes them. */
export function registerDevices(app: Http, site: Site): void {
  const { devices, divisions } = site.house.identity;
  const placeOf = async ({ placeName }: View, code: string) => placeName((await divisions.find(code))?.name ?? code);

  app.get('/admin/devices', async (request, reply) => {
    const { view, actor } = openAdmin(site, request, enrols);
    const page = pageOf(request);
    const found = await devices.list(actor, offsetOf(page));
    const places = await divisions.findAll(found.rows.map(({ division }) => division));
    return site.page(request, reply, DevicesPage({ view, page, found, places }));
  });
  app.get('/admin/devices/enrol', async (request, reply) => enrolForm(request, reply));
  app.post('/admin/devices/enrol', longForm, async (request, reply) => {
    const { actor } = openFresh(site, request, enrols);
    const { name = '', kind = '', division = '' } = formOf(request);
    const once = onceOfForm(site, request);
    const enrol = async () => (await devices.enrol(actor, { name, kind, division }, momentOf(site, request, once))).id;
    try {
      const id = await doOnce(site.house.db, once, enrol);
      return showCode(request, reply, { id, code: devices.codeOf(once) });
    } catch (error) {
      return enrolForm(request, reply, wrongFrom(request, error), shortened(formOf(request)).typed);
    }
  });
  app.get('/admin/devices/:id', async (request, reply) => show(request, reply));
  app.post('/admin/devices/:id/code', async (request, reply) => {
    const { actor } = openFresh(site, request, enrols);
    return showCode(request, reply, await devices.newCode(actor, paramOf(request, 'id'), momentOf(site, request)));
  });
  app.post('/admin/devices/:id/revoke', longForm, async (request, reply) => {
    const { actor } = openFresh(site, request, enrols);
    const id = paramOf(request, 'id');
    try {
      refuseTooLong(longest, formOf(request));
      await devices.revoke(actor, id, formOf(request).why ?? '', momentOf(site, request));
    } catch (error) {
      return show(request, reply, wrongFrom(request, error), shortened(formOf(request)).typed);
    }
    return reply.redirect(`/admin/devices/${encodeURIComponent(id)}?done=revoked`, 303);
  });

  function wrongFrom(request: FastifyRequest, error: unknown): Wrong {
    return wrongOf(site.view(request), flawsIn(error));
  }

  /** In the answer itself and never in an address: it is shown this once. */
  function showCode(request: FastifyRequest, reply: FastifyReply, { id, code }: DeviceCode) {
    const address = `${site.house.config.origin ?? ''}/device`;
    return site.page(request, reply, CodePage({ view: site.view(request), id, code, address }));
  }

  async function enrolForm(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const { view, actor } = openFresh(site, request, enrols);
    const page = EnrolDevicePage({ view, places: await placesFor(actor, view), wrong, typed });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }

  /** The county, its townships, and under each its villages: a station stands in one. */
  async function placesFor({ region }: StaffActor, { placeName }: View) {
    const county = divisions.county(region);
    const below = await Promise.all(
      divisions.townships(region).map(async (township) => {
        const villages = await divisions.villages(township.code);
        const label = placeName(township.name);
        const named = villages.map(({ code, name }) => ({ value: code, label: `${label} · ${placeName(name)}` }));
        return [{ value: township.code, label }, ...named];
      }),
    );
    return [{ value: county.code, label: placeName(county.name) }, ...below.flat()];
  }

  async function show(request: FastifyRequest, reply: FastifyReply, wrong: Wrong = {}, typed: Form = {}) {
    const { view, actor } = openFresh(site, request, enrols);
    const device = await devices.get(actor, paramOf(request, 'id'));
    const place = await placeOf(view, device.division);
    const page = AdminDevicePage({ view, device, place, wrong, typed, done: queryOf(request).done });
    return site.page(request, reply, page, Object.keys(wrong).length > 0 ? 422 : 200);
  }
}
