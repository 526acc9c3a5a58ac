import Type from 'typebox';
import { caseResource, consentText, type CaseRow as ListedRow, sightOf, tidyNumber } from '../../cases/door.ts';
import { mask } from '../../elements/door.ts';
import { assertCan, assertLists } from '../../identity/door.ts';
import { dayOf, Problem } from '../../platform/door.ts';
import { personElements } from '../desk/person-elements.ts';
import { longestWords, reasonCodes, recordReading, toldOf } from '../desk/reading.ts';
import { channelAt } from '../device/channel.ts';
import { longForm } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import { otherName } from '../portal/correction.ts';
import type { Site } from '../site.ts';
import { type Api, asking, commandIdOf, instant, openTo, signedIn } from './api.ts';
import { caseDocument, type Masking, type Reader, stateDocument } from './case-document.ts';
import { CaseAnswer, CaseRow, CaseState } from './case-shapes.ts';
import { CommandBody, commandOf, wishOf } from './commands.ts';
import { registerCounter } from './counter.ts';
import { shownTo } from './search.ts';
import { answer, CaseNumber, closed, IdempotencyKey, More, Paged } from './shapes.ts';

const tags = ['cases'];
const ReasonBody = Type.Object(
  {
    why: Type.Enum([...reasonCodes]),
    words: Type.Optional(
      Type.String({ maxLength: longestWords, description: 'Needed when the reason is another one' }),
    ),
  },
  closed,
);
const ByNumber = Type.Object({ number: CaseNumber }, closed);

/** Cases: list, read, act. */
export function registerCases(api: Api, site: Site): void {
  const { house } = site;
  const { cases } = house;
  const { name } = personElements(house.texts);
  const masking: Masking = { elements: house.elements, name };
  const readerOf = (actor: Reader['actor']): Reader => ({
    actor,
    today: dayOf(house.clock()),
    calendar: house.calendar(),
  });

  const search = openTo('case.search');
  api.get('/api/v1/cases', {
    config: search.config,
    schema: {
      security: search.security,
      operationId: 'listCases',
      summary: 'My cases; for staff and other systems, those of their division; the latest first',
      tags,
      querystring: Paged,
      response: answer(Type.Object({ cases: Type.Array(CaseRow), more: More })),
    },
    handler: async (request) => {
      const actor = asking(site, request);
      const offset = offsetOf(request.query.page);
      if (actor.kind === 'person') {
        const { rows, more } = await cases.lists.own(actor, offset);
        return { cases: rows, more };
      }
      if (actor.kind === 'client') assertLists(actor, 'case.search');
      const { rows, more } = await cases.lists.recent(actor, offset);
      const masked = (row: ListedRow) => ({ ...row, applicantName: mask(name, row.applicantName) });
      return { cases: rows.map(actor.kind === 'client' ? masked : shownTo(site, actor)), more };
    },
  });
  const read = openTo('case.read');
  api.get('/api/v1/cases/:number', {
    config: read.config,
    schema: {
      security: read.security,
      operationId: 'readCase',
      summary: 'One case, as far as the reader may see it',
      tags,
      params: ByNumber,
      response: answer(CaseAnswer),
    },
    handler: async (request) => {
      const actor = asking(site, request);
      if (actor.kind === 'client') assertLists(actor, 'case.read');
      const file = await cases.read(actor, request.params.number);
      if (actor.kind !== 'person')
        await recordReading(site, request, file, sightOf(actor, file), { what: 'case.read-by-api' });
      return caseDocument(file, readerOf(actor), masking);
    },
  });
  api.post('/api/v1/cases/:number/full', {
    ...longForm,
    schema: {
      operationId: 'readCaseInFull',
      summary: 'One case with nothing masked, to staff who say why; that they read it is kept',
      tags,
      params: ByNumber,
      body: ReasonBody,
      response: answer(CaseAnswer),
    },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      const given = toldOf(request.body);
      if (!('told' in given)) throw new Problem('form-invalid', {}, [given]);
      const file = await cases.read(actor, request.params.number);
      assertCan(actor, 'case.read-in-full', caseResource(file));
      if (actor.kind !== 'staff') throw new Problem('not-allowed');
      const look = { what: 'case.read-in-full', ...given } as const;
      await recordReading(site, request, file, sightOf(actor, file, true), look);
      return caseDocument(file, { ...readerOf(actor), told: true }, masking);
    },
  });
  api.post('/api/v1/cases/:number/commands', {
    ...longForm,
    config: {
      trail: {
        kind: 'act',
        what: (request) => `case.${wishOf(request.body)}`,
        only: 'refusals',
      },
    },
    schema: {
      operationId: 'actOnCase',
      summary: 'Accept, return, claim, decide …; the same command id takes effect once',
      tags,
      params: ByNumber,
      headers: IdempotencyKey,
      body: CommandBody,
      response: answer(CaseState),
    },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      const { command: wish, commandId: given, seenVersion } = request.body;
      const number = tidyNumber(request.params.number);
      const commandId = commandIdOf(request, number, given);
      const about = { actor, number, commandId, seenVersion, at: instant(site) };
      const acted =
        wish.type === 'resubmit'
          ? await cases.correct({
              ...about,
              answers: wish.answers ?? {},
              papers: wish.papers,
              otherName: otherName(house.texts),
              channel: channelAt(request, actor.kind === 'staff' ? 'counter' : 'online'),
              consent: wish.consent ? consentText : undefined,
            })
          : await cases.act({ ...about, command: commandOf(wish) });
      return stateDocument(acted, readerOf(actor));
    },
  });
  registerCounter(api, site);
}
