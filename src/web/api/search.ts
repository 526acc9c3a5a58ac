import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { type CaseRow as ListedRow, namesApplicant } from '../../cases/door.ts';
import { mask, normalise } from '../../elements/door.ts';
import { assertCan, assertLists, type StaffActor } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import { bareDesk } from '../desk/desk.ts';
import { knownAtCounter } from '../desk/known-person.ts';
import { personElements } from '../desk/person-elements.ts';
import { offsetOf } from '../paging.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';
import type { Api } from './api.ts';
import { CaseRow } from './case-shapes.ts';
import { answer, closed, More, PageNumber } from './shapes.ts';

const Found = Type.Object({ cases: Type.Array(CaseRow), more: More });
const Known = Type.Object({ phone: Type.String(), address: Type.String() });

/** What staff look for. Words and cards are posted: they are persons' data, which stands in no address. */
export function registerDeskSearch(api: Api, site: Site): void {
  const { cases, texts } = site.house;

  api.post('/api/v1/cases/search', {
    schema: {
      operationId: 'searchCases',
      summary: 'Cases by number (whole, or the last 15 characters) or by the beginning of the applicant’s name',
      tags: ['desk'],
      body: Type.Object({ q: Type.String({ maxLength: 100 }), page: PageNumber }, closed),
      response: answer(Found),
    },
    handler: async (request) => {
      const { actor } = bareDesk(site, request);
      assertLists(actor, 'case.search');
      const { q, page } = request.body;
      if (q.trim() === '') throw new Problem('form-invalid', {}, [{ field: 'q', code: 'shape' }]);
      const found = await cases.lists.search(actor, q, offsetOf(page));
      const detail = { found: found.rows.length };
      await record(site.house, request, { kind: 'reading', what: 'case.search', outcome: 'done', detail });
      return { cases: found.rows.map(shownTo(site, actor)), more: found.more };
    },
  });
  api.post('/api/v1/persons/search', {
    schema: {
      operationId: 'findPerson',
      summary:
        'At a counter: how to reach whoever came in, by their whole ID card and the name on it; the look-up is kept',
      tags: ['desk'],
      body: Type.Object({ idCard: Type.String({ maxLength: 60 }), name: Type.String({ maxLength: 200 }) }, closed),
      response: answer(Known),
    },
    handler: async (request) => {
      const actor = counter(request);
      const elements = personElements(texts);
      const { idCard, name } = request.body;
      const given = { idCard: normalise(elements.idCard, idCard), name: normalise(elements.name, name) };
      const known = await knownAtCounter(site, request, actor, given);
      if (!known) throw new Problem('not-found');
      return { phone: known.phone, address: known.address };
    },
  });

  function counter(request: FastifyRequest) {
    const { actor } = bareDesk(site, request);
    assertCan(actor, 'case.enter', { kind: 'queue', division: actor.division });
    return actor;
  }
}

/** A row of a list as this reader sees it: the name only where they need it. */
export function shownTo(site: Site, actor: StaffActor): (row: ListedRow) => ListedRow {
  const { name } = personElements(site.house.texts);
  return (row) => (namesApplicant(actor, row) ? row : { ...row, applicantName: mask(name, row.applicantName) });
}
