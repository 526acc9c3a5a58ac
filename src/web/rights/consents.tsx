import { type GivenConsent, spokenNumber } from '../../cases/door.ts';
import type { Elements } from '../../elements/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import type { Task } from '../components/task-list/task-list.tsx';
import { dayText } from '../format.ts';
import { listOfNames } from '../portal/words.ts';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

type ConsentsProps = { view: View; consents: GivenConsent[]; elements: Elements; done: boolean };

/** Everything the reader has consented to, each with the way to take it back. */
export function ConsentsPage({ view, consents, elements, done }: ConsentsProps) {
  const { say, lang } = view;
  const title = say('rights.consent.title');
  return (
    <RightsFrame view={view} title={title}>
      <Columns>
        {done && <Notice kind="good" live title={say('rights.consent.done')} />}
        <Heading title={title} lead={say('rights.consent.lead')} />
        {consents.length === 0 && (
          <EmptyState icon="handshake" title={say('rights.consent.none')} note={say('rights.consent.noneNote')} />
        )}
        {consents.map((given) => (
          <Section id={given.number} title={given.subjectName[lang]}>
            <p class="hint">{spokenNumber(given.number)}</p>
            <SummaryList view={view} label={given.subjectName[lang]} rows={rowsOf(view, given, elements)} />
            {!given.withdrawnAt && (
              <ButtonRow>
                <Button
                  kind="secondary"
                  href={`/account/data/consents/${given.number}`}
                  label={say('rights.consent.withdrawLabel', { name: given.subjectName[lang] })}
                >
                  {say('rights.consent.withdraw')}
                </Button>
              </ButtonRow>
            )}
          </Section>
        ))}
      </Columns>
    </RightsFrame>
  );
}

/** Are you sure: what taking it back does, and what it does not. */
export function WithdrawConsentPage({ view, given, running }: { view: View; given: GivenConsent; running: boolean }) {
  const { say, lang } = view;
  const title = say('rights.consent.sure');
  return (
    <RightsFrame view={view} title={title}>
      <Columns>
        <Heading title={title} about={given.subjectName[lang]} lead={say('rights.consent.effect')} />
        {running && (
          <Notice kind="warn">
            <p>{say('rights.consent.running')}</p>
          </Notice>
        )}
        <form method="post">
          <Csrf view={view} />
          <ButtonRow>
            <Button kind="warning">{say('rights.consent.withdraw')}</Button>
            <Button kind="secondary" href="/account/data/consents">
              {say('rights.consent.keep')}
            </Button>
          </ButtonRow>
        </form>
      </Columns>
    </RightsFrame>
  );
}

/** A consent in one line. */
export function consentTask(view: View, elements: Elements, given: GivenConsent): Task {
  const notes = [namesOf(view, given, elements), dayText(view.lang, given.at)];
  if (given.withdrawnAt)
    notes.push(`${view.say('rights.consent.withdrawnAt')} ${dayText(view.lang, given.withdrawnAt)}`);
  return { title: given.subjectName[view.lang], note: notes.join(' · ') };
}

function rowsOf(view: View, given: GivenConsent, elements: Elements) {
  const { say, lang } = view;
  const { as, at, withdrawnAt } = given;
  return [
    { key: say('rights.consent.what'), value: namesOf(view, given, elements) },
    { key: say('rights.consent.as'), value: say(`rights.consent.asWho.${as}`) },
    { key: say('rights.consent.at'), value: dayText(lang, at) },
    ...(withdrawnAt ? [{ key: say('rights.consent.withdrawnAt'), value: dayText(lang, withdrawnAt) }] : []),
  ];
}

const namesOf = ({ lang }: View, { elements: ids }: GivenConsent, elements: Elements) =>
  listOfNames(
    ids.map((id) => elements.element(id)?.name[lang] ?? id),
    lang,
  );
