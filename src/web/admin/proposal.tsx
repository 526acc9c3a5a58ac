import type { OpenProposal } from '../../catalog/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { timeText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { StandingTag } from './catalog.tsx';
import { Changes } from './changes.tsx';

type Props = {
  view: View;
  proposal: OpenProposal;
  name: string;
  mayEdit: boolean;
  /** It asks for sensitive data, and no impact assessment names it. */
  unassessed: boolean;
  wrong: Wrong;
  typed: Form;
  done?: string;
};

/** One proposal: who, why, what it changes; and for somebody else to publish or return. */
export function ProposalPage(props: Props) {
  const { view, proposal, name, mayEdit, unassessed, wrong, done } = props;
  const { say, actor } = view;
  const { kind, subject, standing, mayDecide, by, id } = proposal;
  const back = <BackLink view={view} href="/admin/catalog" label={say('admin.place.catalog')} />;
  const isOwn = actor.kind === 'staff' && actor.id === by;
  const isOpen = standing === 'waiting' || standing === 'stale';
  const edit = `/admin/catalog/${kind}/${subject}?from=${id}`;
  return (
    <AdminPage view={view} title={name} place="catalog" back={back} wrong={Object.keys(wrong).length > 0}>
      <Columns aside={mayDecide ? <Decision {...props} /> : undefined}>
        <ErrorSummary view={view} errors={summaryOf(wrong)} />
        {done === 'proposed' && isOwn && <Notice kind="good" live title={say('admin.catalog.proposed')} />}
        <Heading title={name} about={`${say(`admin.catalog.kind.${kind}`)} · ${subject}`} />
        {standing === 'stale' && <Notice kind="warn">{say('admin.catalog.stale')}</Notice>}
        {unassessed && isOpen && <Notice kind="warn">{say('admin.catalog.unassessed')}</Notice>}
        {isOwn && isOpen && <Notice>{say('admin.catalog.own')}</Notice>}
        <Facts view={view} proposal={proposal} />
        {mayEdit && standing !== 'published' && (
          <ButtonRow>
            <Button kind="secondary" icon="file-pen" href={edit}>
              {say('admin.catalog.again')}
            </Button>
          </ButtonRow>
        )}
        <Changes view={view} changes={proposal.changes} />
      </Columns>
    </AdminPage>
  );
}

function Facts({ view, proposal }: { view: View; proposal: OpenProposal }) {
  const { say } = view;
  const { standing, byName, at, base, note, hash, decidedName, decidedAt, reason } = proposal;
  const fact = (name: string, value: string, more?: string) => ({
    key: say(`admin.catalog.${name}`),
    value,
    note: more,
  });
  const decided = decidedName && decidedAt ? [fact('decidedBy', decidedName, timeText(view, decidedAt))] : [];
  const rows = [
    { key: say('admin.catalog.state'), value: <StandingTag view={view} standing={standing} /> },
    fact('by', byName, timeText(view, at)),
    fact('note', note),
    fact('base', say('admin.catalog.versionOf', { version: base })),
    ...decided,
    ...(reason ? [fact('reason', reason)] : []),
    { key: say('admin.catalog.hash'), value: <code class="hash">{hash}</code> },
  ];
  return <SummaryList view={view} label={say('admin.catalog.state')} rows={rows} />;
}

/** Publish, unless it is stale; or return with a reason. */
function Decision({ view, proposal, wrong, typed }: Props) {
  const { say } = view;
  const { id, standing } = proposal;
  return (
    <>
      {standing === 'waiting' && (
        <Section title={say('admin.catalog.publish')} id="publish">
          <form method="post" action={`/admin/catalog/proposals/${id}/publish`}>
            <Csrf view={view} />
            <p class="hint">{say('admin.catalog.publishLead')}</p>
            <ButtonRow>
              <Button icon="check">{say('admin.catalog.publish')}</Button>
            </ButtonRow>
          </form>
        </Section>
      )}
      <Section title={say('admin.catalog.return')} id="return">
        <form method="post" action={`/admin/catalog/proposals/${id}/return`} noValidate>
          <Csrf view={view} />
          <Field
            view={view}
            name="reason"
            label={say('admin.catalog.reason')}
            value={typed.reason}
            error={wrong.reason}
          />
          <ButtonRow>
            <Button kind="secondary" icon="undo-2">
              {say('admin.catalog.return')}
            </Button>
          </ButtonRow>
        </form>
      </Section>
    </>
  );
}
