import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem, Texts } from '../platform/door.ts';
import { sendDocument } from './api/problem-document.ts';
import { Button } from './components/button/button.tsx';
import { Section } from './components/layout/layout.tsx';
import { Page } from './components/page/page.tsx';
import { administers } from './components/page/staff-header.tsx';
import { ProblemBody } from './components/problem-body/problem-body.tsx';
import { SummaryList } from './components/summary-list/summary-list.tsx';
import { type SendAgain, SendAgainForm, sendAgainOf } from './send-again.tsx';
import type { Site } from './site.ts';
import { type TypedWords, typedWords } from './typed-words.ts';
import type { View } from './view.ts';

/** Answers a problem: a document for machines (RFC 9457), the way to sign-in for visitors, a page for everybody else. */
export function sendProblem(site: Site, request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  request.problem = problem;
  if (request.url.startsWith('/api/')) return sendDocument(site, request, reply, problem);
  if (problem.code === 'sign-in-required') return reply.redirect(signInHref('/sign-in', request), 303);
  const form = sendAgainOf(request, problem.code);
  if (problem.code === 'confirm-first' && !form) return reply.redirect(signInHref('/account/confirm', request), 303);
  if (problem.code === 'second-step-missing') return reply.redirect('/account/second', 303);
  const back = backOf(request);
  const typed = typedWords(site, request, back !== undefined);
  const page = ProblemPage({ view: site.view(request), problem, again: againOf(request), back, form, typed });
  return site.page(request, reply, page, reply.statusCode);
}

type ProblemProps = {
  view: View;
  problem: Problem;
  /** The address that was asked for; none when a form was sent. */
  again?: string;
  /** The page the form was on. */
  back?: string;
  /** It may be sent again as it is. */
  form?: SendAgain;
  /** What was written in it. */
  typed?: TypedWords;
};

/** What somebody who works here does about it is not what a citizen does. */
const otherForStaff = new Set(['case-not-found', 'not-allowed']);

/** What happened, what was kept, what to do next. */
export function ProblemPage({ view, problem, again, back, form, typed = [] }: ProblemProps) {
  const passing = problem.code === 'unavailable' || problem.code === 'internal';
  const area = view.actor.kind === 'staff' ? 'desk' : 'portal';
  const home = view.path.startsWith('/admin') && administers(view) ? 'admin' : 'desk';
  const sent = problem.code === 'unavailable' && again === undefined;
  const advice = form
    ? 'adviceAgain'
    : sent
      ? 'adviceForm'
      : area === 'desk' && otherForStaff.has(problem.code)
        ? 'adviceStaff'
        : 'advice';
  const title = view.say(`problem.${problem.code}.title`, problem.params);
  return (
    <Page view={view} title={title} area={area}>
      <ProblemBody
        view={view}
        title={title}
        advice={view.say(`problem.${problem.code}.${advice}`, problem.params)}
        first={form && <SendAgainForm view={view} code={problem.code} form={form} />}
      >
        {passing && again && (
          <Button href={again} icon="rotate-cw">
            {view.say('problem.again')}
          </Button>
        )}
        {back && (
          <Button kind={form ? 'secondary' : 'primary'} href={back}>
            {view.say('problem.back')}
          </Button>
        )}
        {area === 'desk' && (
          <Button kind={back || (passing && again) ? 'secondary' : 'primary'} href={`/${home}`}>
            {view.say(`problem.${home}`)}
          </Button>
        )}
      </ProblemBody>
      {typed.length > 0 && (
        <Section id="typed" title={view.say('problem.typed.title')}>
          <p>{view.say('problem.typed.lead')}</p>
          <SummaryList view={view} label={view.say('problem.typed.title')} rows={typed} />
        </Section>
      )}
    </Page>
  );
}

/** For an address that cannot be read, where nothing is known of who asks: both languages, no style, no form. */
export function UnreadablePage({ texts }: { texts: Texts }) {
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <title>{texts.say('zh')('problem.not-found.title')}</title>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
      </head>
      <body>
        <main>
          {(['zh', 'en'] as const).map((lang) => (
            <section lang={lang === 'zh' ? 'zh-CN' : 'en'}>
              <h1>{texts.say(lang)('problem.not-found.title')}</h1>
              <p>{texts.say(lang)('problem.not-found.advice')}</p>
              <a href="/">{texts.say(lang)('portal.home.title')}</a>
            </section>
          ))}
        </main>
      </body>
    </html>
  );
}

/** A plain visit can be made again. */
function againOf(request: FastifyRequest): string | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  return request.url.replace(/^\/+/, '/');
}

/** After a form the page it came from is one step back; after a plain visit there is none. */
function backOf(request: FastifyRequest): string | undefined {
  if (request.method === 'GET' || !request.headers.referer) return undefined;
  if (!URL.canParse(request.headers.referer)) return undefined;
  const { host, pathname, search } = new URL(request.headers.referer);
  return host === request.headers.host ? pathname.replace(/^\/+/, '/') + search : undefined;
}

/** Back to the page that was asked for; a form that needs a name comes back to the page it was on. */
function signInHref(where: string, request: FastifyRequest): string {
  const next = request.method === 'GET' ? request.url : (backOf(request) ?? '/');
  return `${where}?next=${encodeURIComponent(next)}`;
}
