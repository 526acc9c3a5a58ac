import Type from 'typebox';
import { tidyNumber } from '../../cases/door.ts';
import { dayOf } from '../../platform/door.ts';
import type { Site } from '../site.ts';
import { type Api, commandIdOf, instant, signedIn } from './api.ts';
import { caseDocument, type Reader, stateDocument } from './case-document.ts';
import { CaseAnswer, CaseRow, CaseState } from './case-shapes.ts';
import { CommandBody, commandOf } from './commands.ts';
import { correctionOf } from './correction.ts';
import { registerCounter } from './counter.ts';
import { answer, CaseNumber, closed, IdempotencyKey } from './shapes.ts';

const tags = ['cases'];
const ByNumber = Type.Object({ number: CaseNumber }, closed);

/** Cases: list, read, act. */
export function registerCases(api: Api, site: Site): void {
  const { house } = site;
  const { cases } = house;
  const readerOf = (actor: Reader['actor']): Reader => ({
    actor,
    today: dayOf(house.clock()),
    calendar: house.calendar(),
  });

  api.get('/api/v1/cases', {
    schema: {
      operationId: 'listCases',
      summary: 'My cases; for staff, the latest of their division',
      tags,
      response: answer(Type.Object({ cases: Type.Array(CaseRow) })),
    },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      return { cases: await (actor.kind === 'person' ? cases.lists.own(actor) : cases.lists.recent(actor)) };
    },
  });
  api.get('/api/v1/cases/:number', {
    schema: {
      operationId: 'readCase',
      summary: 'One case, as far as the reader may see it',
      tags,
      params: ByNumber,
      response: answer(CaseAnswer),
    },
    handler: async (request) => {
      const { actor } = signedIn(site, request);
      return caseDocument(await cases.read(actor, request.params.number), readerOf(actor));
    },
  });
  api.post('/api/v1/cases/:number/commands', {
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
      const command =
        wish.type === 'resubmit'
          ? await correctionOf(house, actor, await cases.read(actor, number), wish)
          : commandOf(wish);
      const acted = await cases.act({ actor, number, command, commandId, seenVersion, at: instant(site) });
      return stateDocument(acted, readerOf(actor));
    },
  });
  registerCounter(api, site);
}
