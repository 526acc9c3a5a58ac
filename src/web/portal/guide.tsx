import type { Basis, Bundle, Citation, Item, TaskList } from '../../catalog/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Facts } from '../components/facts/facts.tsx';
import { Columns, Heading, Section, Sheet } from '../components/layout/layout.tsx';
import { CardGrid, LinkCard } from '../components/link-card/link-card.tsx';
import { Page } from '../components/page/page.tsx';
import { PrintButton, PrintHeader } from '../components/print-header/print-header.tsx';
import { Select } from '../components/select/select.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { TaskList as Tasks } from '../components/task-list/task-list.tsx';
import { Details } from '../components/why/why.tsx';
import { workdaysText } from '../format.ts';
import type { View } from '../view.ts';
import { Materials } from './materials-list.tsx';
import type { Place } from './place.ts';

export type GuideProps = {
  view: View;
  item: Item;
  list: TaskList;
  place: Place;
  /** Life events this item is part of. */
  bundles: Bundle[];
  /** The name of the office of a kind, where the reader lives. */
  office: (kind: string) => string;
  cite: Citation;
};

/** The guide of one item: may I, what do I bring, how long, how often, what does it cost, on what law; and the start. */
export function GuidePage({ view, item, list, place, bundles, office, cite }: GuideProps) {
  const { say, lang } = view;
  return (
    <Page
      view={view}
      area="portal"
      title={item.plain[lang]}
      back={<BackLink view={view} href="/" label={say('portal.home.title')} />}
    >
      <PrintHeader view={view} title={say('portal.guide.print')} />
      <Columns aside={<GuideAside view={view} item={item} office={office} />}>
        <Heading title={item.plain[lang]} about={`${item.name[lang]} · ${office(item.agency)}`} />
        <Facts label={say('portal.guide.facts')} facts={factsOf(view, item)} />
        <Start view={view} item={item} place={place} bundles={bundles} />
        {item.conditions.length > 0 && (
          <Section id="conditions" title={say('portal.guide.conditions')}>
            <Tasks tasks={item.conditions.map((condition) => ({ title: condition[lang], icon: 'check' }))} />
          </Section>
        )}
        <Materials view={view} list={list} office={office} />
        {item.results.length > 0 && (
          <Section id="results" title={say('portal.guide.results')}>
            <Tasks tasks={item.results.map(({ name }) => ({ title: name[lang], icon: 'badge-check' }))} />
          </Section>
        )}
        <Questions view={view} item={item} />
        <Legal view={view} basis={basisOf(item)} cite={cite} />
      </Columns>
    </Page>
  );
}

function factsOf({ say, lang }: View, item: Item) {
  const { promised, statutory } = item.limits;
  const spot = item.handling === 'on-the-spot';
  return [
    {
      icon: 'clock',
      label: say('portal.guide.time'),
      value: spot ? say('portal.guide.onTheSpot') : workdaysText(say, promised.days),
      note: [
        say('portal.guide.statutory', { days: workdaysText(say, statutory.days) }),
        ...(item.issue ? [say('portal.guide.issueDays', { days: workdaysText(say, item.issue.days) })] : []),
      ].join(lang === 'zh' ? '；' : '; '),
    },
    {
      icon: 'footprints',
      label: say('portal.guide.visits'),
      value: item.visits === 0 ? say('portal.guide.noVisit') : say('portal.guide.visitCount', { count: item.visits }),
      note: item.visitReason?.[lang],
    },
    { icon: 'wallet', label: say('portal.guide.fee'), value: item.fee.text[lang] },
  ];
}

/** Choose the township and begin; what only exists inside a life event leads there. */
function Start({ view, item, place, bundles }: Pick<GuideProps, 'view' | 'item' | 'place' | 'bundles'>) {
  const { say, lang } = view;
  const cards = bundles.map(({ id, icon, plain, summary }) => (
    <LinkCard href={`/bundles/${id}`} icon={icon} title={plain[lang]} note={summary[lang]} />
  ));
  return (
    <Section id="start" title={say(item.standalone === false ? 'portal.guide.inBundle' : 'portal.guide.start')}>
      {item.standalone !== false && (
        <Sheet>
          <form method="post" action="/drafts">
            <Csrf view={view} />
            <input type="hidden" name="kind" value="item" />
            <input type="hidden" name="id" value={item.id} />
            <DivisionSelect view={view} place={place} />
            <ButtonRow>
              <Button icon="pencil-line">{say('portal.guide.begin')}</Button>
              {view.actor.kind === 'guest' && <p class="hint">{say('portal.guide.signInFirst')}</p>}
            </ButtonRow>
          </form>
        </Sheet>
      )}
      {cards.length > 0 && (
        <>
          {item.standalone !== false && <p>{say('portal.guide.alsoInBundle')}</p>}
          <CardGrid columns={2}>{cards}</CardGrid>
        </>
      )}
    </Section>
  );
}

/** The township that will receive the application. */
export function DivisionSelect({ view, place, error }: { view: View; place: Place; error?: string }) {
  return (
    <Select
      view={view}
      name="division"
      label={view.say('portal.place.label')}
      hint={view.say('portal.place.hint')}
      options={place.townships.map(({ code, name }) => ({ value: code, label: view.placeName(name) }))}
      value={place.chosen}
      error={error}
    />
  );
}

function GuideAside({ view, item, office }: Pick<GuideProps, 'view' | 'item' | 'office'>) {
  const { say } = view;
  const centre = office('township-centre');
  const decides = office(item.agency);
  return (
    <aside class="why" aria-labelledby="where">
      <h2 class="why-title" id="where">
        {say('portal.guide.where')}
      </h2>
      <p>{say('portal.guide.window', { office: centre })}</p>
      {decides !== centre && <p>{say('portal.guide.decides', { office: decides })}</p>}
      <p>{say('portal.guide.complain')}</p>
      <p>
        <a class="tel" href="tel:12345">
          12345
        </a>
      </p>
      <ButtonRow>
        <PrintButton view={view} />
      </ButtonRow>
    </aside>
  );
}

function Questions({ view, item }: Pick<GuideProps, 'view' | 'item'>) {
  if (!item.faq?.length) return null;
  return (
    <Section id="faq" title={view.say('portal.guide.faq')}>
      {item.faq.map(({ question, answer }) => (
        <Details summary={question[view.lang]}>
          <p>{answer[view.lang]}</p>
        </Details>
      ))}
    </Section>
  );
}

type LegalProps = { view: View; basis: Basis[]; cite: Citation };

/** What the item rests on, the limits' own sources too; what nobody has checked in the source says so. Laws are quoted as they are written. */
export function Legal({ view, basis, cite }: LegalProps) {
  const { say, lang } = view;
  return (
    <Section id="law" title={say('portal.guide.law')}>
      <Tasks
        tasks={basis.map(({ law, article, text, verified }) => ({
          title: cite(lang, { law, article }),
          note: text && <span lang="zh-CN">{text}</span>,
          state: verified ? undefined : <Tag tone="warn">{say('portal.guide.unverified')}</Tag>,
        }))}
      />
    </Section>
  );
}

function basisOf({ legalBasis, limits, issue }: Item): Basis[] {
  const all = [...legalBasis, limits.statutory.basis, limits.promised.basis, ...(issue ? [issue.basis] : [])];
  return all.filter(
    (one, at) => all.findIndex(({ law, article }) => law === one.law && article === one.article) === at,
  );
}
