import type { FastifyReply, FastifyRequest } from 'fastify';
import { caseResource } from '../../cases/door.ts';
import { assertCan } from '../../identity/door.ts';
import { type Http, Problem, regionOf, statusOf } from '../../platform/door.ts';
import { type Form, formOf, longForm, paramOf, shortened } from '../forms.ts';
import type { Site } from '../site.ts';
import { CasePage } from './case.tsx';
import { caseData, rowsOf } from './case-data.ts';
import { type Act, actOf, acts, commandOf, doneCode, onBranch } from './commands.ts';
import { bareDesk } from './desk.ts';
import { toldOf } from './reading.ts';
import { SlipPage } from './slip.tsx';

/** What was done stands in the events of the case; that it was refused stands nowhere else. */
const refusals = {
  config: {
    trail: {
      kind: 'act',
      what: (request: FastifyRequest) => `case.${acts.find((act) => act === formOf(request).act) ?? 'unknown'}`,
      only: 'refusals',
    },
  },
} as const;

/** One case: its page, its acts, its slip. */
export function registerCase(app: Http, site: Site): void {
  app.get('/desk/cases/:number', async (request, reply) => {
    const data = await caseData(site, request, paramOf(request, 'number'));
    return site.page(request, reply, CasePage({ data }));
  });

  app.get('/desk/cases/:number/slip', async (request, reply) => {
    const look = { what: 'case.print' } as const;
    const data = await caseData(site, request, paramOf(request, 'number'), undefined, look);
    return site.page(request, reply, SlipPage({ data, origin: site.house.config.origin ?? '' }));
  });

  // Shows the page once with nothing masked, to whoever says why; the next page is masked again.
  app.post('/desk/cases/:number/full', longForm, async (request, reply) => {
    const number = paramOf(request, 'number');
    const form = formOf(request);
    const given = toldOf(form);
    if (!('told' in given)) {
      const problem = new Problem('form-invalid', {}, [given]);
      return showRefusal(site, request, reply, number, { ...form, act: 'reveal' }, problem);
    }
    const { actor } = bareDesk(site, request);
    assertCan(actor, 'case.read-in-full', caseResource(await site.house.cases.read(actor, number)));
    const data = await caseData(site, request, number, undefined, { what: 'case.read-in-full', told: given.told });
    return site.page(request, reply, CasePage({ data }));
  });

  app.post('/desk/cases/:number', { ...refusals, ...longForm }, async (request, reply) => {
    const number = paramOf(request, 'number');
    const form = formOf(request);
    const act = actOf(form);
    try {
      await perform(site, request, number, act, form);
    } catch (error) {
      return showRefusal(site, request, reply, number, form, error);
    }
    const item = onBranch(act) ? `item=${encodeURIComponent(form.item ?? '')}&` : '';
    return reply.redirect(`/desk/cases/${number}?${item}done=${doneCode(act)}`, 303);
  });
}

/** Does one act of the desk. The room asks the policy, and refuses what the case does not allow. */
export async function perform(
  site: Site,
  request: FastifyRequest,
  number: string,
  act: Act,
  form: Form,
): Promise<void> {
  const { house } = site;
  const { actor, view } = bareDesk(site, request);
  const rows = act === 'return' ? rowsOf(house, await house.cases.read(actor, number)) : [];
  const region = number.slice(0, 6);
  const seen = Number.parseInt(form.seenVersion ?? '', 10);
  await house.cases.act({
    actor,
    number,
    command: commandOf(act, form, rows),
    commandId: commandIdOf(form, act, region) ?? house.ids.id(region),
    seenVersion: Number.isNaN(seen) || onBranch(act) ? undefined : seen,
    at: view.now.toISOString(),
  });
}

/** The id the page was made with. A list has one for all its rows, so that of a branch says which. */
function commandIdOf(form: Form, act: Act, region: string): string | undefined {
  const { commandId = '', item = '' } = form;
  if (regionOf(commandId) !== region) return undefined;
  return onBranch(act) ? `${commandId.slice(0, 60)} ${item.slice(0, 60)}` : commandId.slice(0, 60);
}

/** A refusal comes back on the page of the case, with everything typed still there. */
export async function showRefusal(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  number: string,
  form: Form,
  error: unknown,
): Promise<FastifyReply> {
  if (!(error instanceof Problem) || !['invalid', 'refused', 'conflict'].includes(error.kind)) throw error;
  request.problem = error;
  const data = await caseData(site, request, number, { ...shortened(form), problem: error });
  return site.page(request, reply, CasePage({ data }), statusOf[error.kind]);
}
