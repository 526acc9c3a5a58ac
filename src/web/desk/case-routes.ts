import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Http, Problem, regionOf, statusOf } from '../../platform/door.ts';
import { type Form, formOf, paramOf } from '../forms.ts';
import type { Site } from '../site.ts';
import { CasePage } from './case.tsx';
import { caseData } from './case-data.ts';
import { type Act, actOf, commandOf, doneCode, onBranch } from './commands.ts';
import { bareDesk } from './desk.ts';
import { SlipPage } from './slip.tsx';

/** One case: its page, its acts, its slip. */
export function registerCase(app: Http, site: Site): void {
  app.get('/desk/cases/:number', async (request, reply) => {
    const data = await caseData(site, request, paramOf(request, 'number'));
    return site.page(request, reply, CasePage({ data }));
  });

  app.get('/desk/cases/:number/slip', async (request, reply) => {
    const data = await caseData(site, request, paramOf(request, 'number'));
    return site.page(request, reply, SlipPage({ data }));
  });

  app.post('/desk/cases/:number', async (request, reply) => {
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
  const rows = act === 'return' ? (await caseData(site, request, number)).rows : [];
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
  const data = await caseData(site, request, number, { form, problem: error });
  return site.page(request, reply, CasePage({ data }), statusOf[error.kind]);
}
