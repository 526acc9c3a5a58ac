import type { FastifyReply, FastifyRequest } from 'fastify';
import { caseResource, NotComplete } from '../../cases/door.ts';
import { assertCan } from '../../identity/door.ts';
import { type Http, regionOf } from '../../platform/door.ts';
import { channelAt } from '../device/channel.ts';
import { type Form, formOf, listOf, longForm, paramOf } from '../forms.ts';
import { otherName } from '../portal/correction.ts';
import type { Site } from '../site.ts';
import { type CaseData, caseData } from './case-data.ts';
import { perform, showRefusal } from './case-routes.ts';
import { CorrectPage } from './correct.tsx';
import { answersOf, correcting } from './correct-data.ts';

/** Taking in what was missing, for somebody who brings it to the counter. */
export function registerCorrect(app: Http, site: Site): void {
  app.get('/desk/cases/:number/correct', async (request, reply) => {
    const data = await openReturned(site, request);
    const { plan, state } = data.file;
    if (state.status !== 'returned') return reply.redirect(`/desk/cases/${plan.number}`, 303);
    return site.page(request, reply, CorrectPage(await correcting(data)));
  });

  app.post('/desk/cases/:number/correct', longForm, async (request, reply) => {
    const data = await openReturned(site, request);
    const typed = formOf(request);
    const papers = listOf(request, 'm');
    try {
      await handIn(site, data, typed, papers);
    } catch (error) {
      if (!(error instanceof NotComplete)) throw error;
      return site.page(request, reply, CorrectPage(await correcting(data, typed, papers, error)), 422);
    }
    return finish(site, request, reply, data.file.plan.number, typed);
  });
}

/** The case, to whoever may hand it in again for its applicant; that it was read is noted. */
async function openReturned(site: Site, request: FastifyRequest): Promise<CaseData> {
  const data = await caseData(site, request, paramOf(request, 'number'));
  assertCan(data.desk.actor, 'case.resubmit', caseResource(data.file));
  return data;
}

async function handIn({ house }: Site, { desk, file }: CaseData, typed: Form, papers: string[]): Promise<void> {
  const { actor, view } = desk;
  const { number, region } = file.plan;
  const { commandId = '' } = typed;
  const version = Number.parseInt(typed.version ?? '', 10);
  await house.cases.correct({
    actor,
    number,
    answers: answersOf(typed),
    papers,
    otherName: otherName(house.texts),
    channel: channelAt(view, 'counter'),
    consent: typed.consent,
    commandId: regionOf(commandId) === region ? commandId.slice(0, 60) : house.ids.id(region),
    seenVersion: Number.isNaN(version) ? undefined : version,
    at: view.now.toISOString(),
  });
}

/** Accepts at once when that was asked for; a refusal comes back on the page of the case. */
async function finish(site: Site, request: FastifyRequest, reply: FastifyReply, number: string, typed: Form) {
  if (typed.do !== 'accept') return reply.redirect(`/desk/cases/${number}?done=corrected`, 303);
  const form: Form = { act: 'accept', commandId: typed.actId ?? '' };
  try {
    await perform(site, request, number, 'accept', form);
  } catch (error) {
    return showRefusal(site, request, reply, number, form, error);
  }
  return reply.redirect(`/desk/cases/${number}?done=accepted`, 303);
}
