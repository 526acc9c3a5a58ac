import Type from 'typebox';
import { deviceKinds } from '../../identity/door.ts';
import { doOnce } from '../../platform/door.ts';
import { openAdmin, openFresh } from '../admin/admin.ts';
import { momentOf } from '../admin/people-routes.ts';
import { offsetOf } from '../paging.ts';
import type { Site } from '../site.ts';
import { type Api, onceFor } from './api.ts';
import {
  answer,
  closed,
  commandId,
  created,
  Id,
  IdempotencyKey,
  Instant,
  More,
  named,
  nothing,
  nullable,
  Paged,
} from './shapes.ts';

const Device = named(
  'Device',
  'A kiosk or a village station',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    kind: Type.Enum([...deviceKinds]),
    division: Type.String(),
    enrolledAt: Instant,
    codeUntil: nullable(Instant),
    openedAt: nullable(Instant),
    inUse: Type.Boolean(),
    lastSeen: nullable(Instant),
    revokedAt: nullable(Instant),
  }),
);
const Code = Type.Object({
  id: Type.String(),
  code: Type.String({ description: 'To be typed on the machine at /device; told this once' }),
});
const Enrolment = Type.Object(
  {
    name: Type.String({ maxLength: 100 }),
    kind: Type.String({ maxLength: 20, description: deviceKinds.join(' or ') }),
    division: Type.String({ maxLength: 64 }),
    ...commandId,
  },
  closed,
);
const ById = Type.Object({ id: Id }, closed);

const tags = ['administration'];
const enrols = 'device.enrol';

/** Machines people use, for the security administrator. */
export function registerDevices(api: Api, site: Site): void {
  const { devices } = site.house.identity;
  const path = '/api/v1/admin/devices';

  api.get(path, {
    schema: {
      operationId: 'listDevices',
      summary: 'Kiosks and stations of the county, those revoked last',
      tags,
      querystring: Paged,
      response: answer(Type.Object({ devices: Type.Array(Device), more: More })),
    },
    handler: async (request) => {
      const { actor } = openAdmin(site, request, enrols);
      const { rows, more } = await devices.list(actor, offsetOf(request.query.page));
      return { devices: rows, more };
    },
  });
  api.post(path, {
    schema: {
      operationId: 'enrolDevice',
      summary: 'Enrol a machine; asks for proof of a moment ago',
      tags,
      headers: IdempotencyKey,
      body: Enrolment,
      response: created(Code),
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, enrols);
      const once = onceFor(site, request);
      const enrol = async () => (await devices.enrol(actor, request.body, momentOf(site, request, once))).id;
      return reply.status(201).send({ id: await doOnce(site.house.db, once, enrol), code: devices.codeOf(once) });
    },
  });
  api.get(`${path}/:id`, {
    schema: {
      operationId: 'readDevice',
      summary: 'One of them; asks for proof of a moment ago',
      tags,
      params: ById,
      response: answer(Device),
    },
    handler: async (request) => devices.get(openFresh(site, request, enrols).actor, request.params.id),
  });
  api.post(`${path}/:id/code`, {
    schema: {
      operationId: 'giveDeviceCode',
      summary: 'Another code; what was open on the machine ends at once',
      tags,
      params: ById,
      response: answer(Code),
    },
    handler: async (request) => {
      const { actor } = openFresh(site, request, enrols);
      return devices.newCode(actor, request.params.id, momentOf(site, request));
    },
  });
  api.post(`${path}/:id/revocation`, {
    schema: {
      operationId: 'revokeDevice',
      summary: 'From the next request on the machine is a stranger',
      tags,
      params: ById,
      body: Type.Object({ why: Type.String({ maxLength: 300 }) }, closed),
      response: nothing,
    },
    handler: async (request, reply) => {
      const { actor } = openFresh(site, request, enrols);
      await devices.revoke(actor, request.params.id, request.body.why, momentOf(site, request));
      return reply.status(204).send(null);
    },
  });
}
