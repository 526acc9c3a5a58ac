import type { StoredFile } from '../../cases/door.ts';
import { show } from '../../elements/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Checkbox } from '../components/checkboxes/checkboxes.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { FieldError } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Page } from '../components/page/page.tsx';
import { Steps } from '../components/steps/steps.tsx';
import { SummaryList, type SummaryRow } from '../components/summary-list/summary-list.tsx';
import { Why } from '../components/why/why.tsx';
import type { View } from '../view.ts';
import { type ConsentAsked, ConsentBox } from './consent-box.tsx';
import { hrefOf, type Journey, toBring } from './journey.ts';

/** One thing to put right before the form can be handed in, and where. */
export type Flaw = { message: string; href?: string };

type CheckProps = {
  view: View;
  journey: Journey;
  flaws: Flaw[];
  /** The declaration, or the consent, was not ticked. */
  undeclared: boolean;
  unconsented: boolean;
  /** What was ticked when the page was sent. */
  ticked?: { declared: boolean; consent: boolean };
  consent?: ConsentAsked;
  /** Of the one submission this page makes; posted twice it is one case. */
  command: string;
  files: StoredFile[];
  steps: { at: number; of: number };
  back: string;
  divisionName: (code: string) => string;
  /** Who will receive it. */
  receives: string;
};

/** Everything that will be handed in, each line with its way to change it, and the button. */
export function CheckPage(props: CheckProps) {
  const { view, journey, flaws, undeclared, unconsented } = props;
  const { say, lang } = view;
  const title = say('portal.check.title');
  const errors = [
    ...(unconsented ? [{ field: 'consent', message: say('portal.check.consentNeeded') }] : []),
    ...(undeclared ? [{ field: 'declared', message: say('portal.check.declareNeeded') }] : []),
  ];
  return (
    <Page
      view={view}
      area="portal"
      title={title}
      wrong={errors.length > 0}
      back={<BackLink view={view} href={props.back} />}
    >
      <Columns
        aside={
          <Why view={view} title={say('portal.check.afterTitle')}>
            <p>{say('portal.check.after', { office: props.receives, days: view.limits.answer.workdays })}</p>
          </Why>
        }
      >
        <ErrorSummary view={view} errors={errors} />
        <Flaws view={view} flaws={flaws} />
        <Steps view={view} {...props.steps} section={journey.name[lang]} />
        <Heading title={title} lead={say('portal.check.lead')} />
        <Section id="answers" title={say('portal.check.answers')}>
          <SummaryList view={view} label={say('portal.check.answers')} rows={answerRows(props)} />
        </Section>
        {toBring(journey).length > 0 && (
          <Section id="materials" title={say('portal.check.materials')}>
            <SummaryList view={view} label={say('portal.check.materials')} rows={materialRows(props)} />
          </Section>
        )}
        <form method="post" action={`/apply/${journey.draft.id}/submit`} noValidate>
          <Csrf view={view} />
          <input type="hidden" name="command" value={props.command} />
          {props.consent && (
            <ConsentBox view={view} asked={props.consent} missing={unconsented} checked={props.ticked?.consent} />
          )}
          {undeclared && <FieldError view={view} id="declared" message={say('portal.check.declareHere')} />}
          <Checkbox
            name="declared"
            option={{ value: 'yes', label: say('portal.check.declare') }}
            checked={props.ticked?.declared}
          />
          <ButtonRow>
            <Button icon="send">{say('portal.check.submit')}</Button>
            <p class="hint">{say('portal.apply.autosave')}</p>
          </ButtonRow>
        </form>
      </Columns>
    </Page>
  );
}

function Flaws({ view, flaws }: Pick<CheckProps, 'view' | 'flaws'>) {
  if (flaws.length === 0) return null;
  return (
    <Notice kind="bad" live title={view.say('portal.check.flaws', { count: flaws.length })}>
      <ul>
        {flaws.map(({ message, href }) => (
          <li>
            {href ? (
              <a class="alone" href={href}>
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function answerRows({ view, journey, divisionName }: CheckProps): SummaryRow[] {
  const { say, lang } = view;
  const { answers } = journey.draft;
  const place = {
    key: say('portal.place.label'),
    value: divisionName(journey.draft.division),
    href: `/apply/${journey.draft.id}/place`,
  };
  const rows = journey.questions.flatMap((question) =>
    question.elements.map(
      (element): SummaryRow => ({
        key: element.name[lang],
        value: show(element, answers[element.id] ?? '', lang, divisionName) || say('portal.check.empty'),
        href: `${hrefOf(journey, { kind: 'question', id: question.id })}?from=check`,
      }),
    ),
  );
  return [place, ...rows];
}

function materialRows({ view, journey, files }: CheckProps): SummaryRow[] {
  const { say, lang } = view;
  return toBring(journey).map(({ material, required }) => {
    const own = files.filter((file) => file.material === material.id);
    const value = own.map(({ id, name }) => (
      <p>
        <a class="alone" href={`/files/${id}`}>
          {name}
        </a>
      </p>
    ));
    return {
      key: material.name[lang],
      value: own.length > 0 ? value : say(required ? 'portal.check.notUploaded' : 'portal.check.leftOut'),
      href: `${hrefOf(journey, { kind: 'materials' })}#${material.id}`,
    };
  });
}
