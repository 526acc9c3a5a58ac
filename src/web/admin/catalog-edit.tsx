import type { Judged, Newest, Subject } from '../../catalog/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { mistakeLine } from './catalog-words.ts';
import { Changes } from './changes.tsx';

/** Mistakes told at most: one early mistake makes many. */
const told = 30;

type Props = {
  view: View;
  subject: Subject;
  name: string;
  newest: Newest;
  source: string;
  note?: string;
  /** May propose; otherwise the page is only read. */
  mayEdit: boolean;
  judged?: Judged;
  wrong?: Wrong;
};

/** One item or bundle as text, checked as the file of a folder is. */
export function CatalogEditPage(props: Props) {
  const { view, subject, name, newest, mayEdit, judged, wrong = {} } = props;
  const { say } = view;
  const mistakes = (judged?.problems ?? []).slice(0, told);
  const errors = [
    ...mistakes.map((each) => ({ field: 'source', message: mistakeLine(say, each) })),
    ...summaryOf(wrong, ['source', 'note']),
  ];
  const back = <BackLink view={view} href="/admin/catalog" label={say('admin.place.catalog')} />;
  const about = [
    say(`admin.catalog.kind.${subject.kind}`),
    subject.id,
    say('admin.catalog.versionOf', { version: newest.version }),
    say(`admin.catalog.${newest.origin}`),
  ].join(' · ');
  const lead = say(mayEdit ? 'admin.catalog.editLead' : 'admin.catalog.readLead');
  const aside = mistakes.length > 0 ? <Mistakes {...props} /> : undefined;
  return (
    <AdminPage view={view} title={name} place="catalog" back={back} wrong={errors.length > 0}>
      <Columns aside={aside}>
        <ErrorSummary view={view} errors={errors} />
        {judged?.content && <Fine view={view} judged={judged} />}
        <Heading title={name} about={about} lead={lead} />
        {judged?.content && judged.changes.length > 0 && <Changes view={view} changes={judged.changes} />}
        {mayEdit ? <Editor {...props} /> : <pre class="source">{props.source}</pre>}
      </Columns>
    </AdminPage>
  );
}

function Fine({ view: { say }, judged }: { view: View; judged: Judged }) {
  return (
    <Notice kind="good" live title={say('admin.catalog.fine')}>
      {judged.changes.length === 0 && <p>{say('admin.catalog.fineNone')}</p>}
    </Notice>
  );
}

/** Every mistake with the line it stands in. */
function Mistakes({ view, source, judged }: Props) {
  const lines = source.split('\n');
  return (
    <Section title={view.say('admin.catalog.mistakes')} id="mistakes">
      <ol class="mistakes">
        {(judged?.problems ?? []).slice(0, told).map((each) => (
          <li>
            {mistakeLine(view.say, each)}
            <code>{(lines[each.line - 1] ?? '').trim().slice(0, 200)}</code>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Editor({ view, subject, newest, source, note, judged, wrong = {} }: Props) {
  const { say } = view;
  const count = judged?.problems.length ?? 0;
  const error = count > 0 ? say('field.catalog-source', { count }) : wrong.source;
  return (
    <form method="post" action={`/admin/catalog/${subject.kind}/${subject.id}`} noValidate>
      <Csrf view={view} />
      <input type="hidden" name="base" value={newest.version} />
      <TextArea
        view={view}
        name="source"
        label={say('admin.catalog.source')}
        hint={say('admin.catalog.sourceHint')}
        error={error}
        value={source}
        rows={28}
        code
      />
      <Field
        view={view}
        name="note"
        label={say('admin.catalog.note')}
        hint={say('admin.catalog.noteHint')}
        error={wrong.note}
        value={note}
      />
      <ButtonRow>
        <Button icon="list-checks" kind="secondary" name="step" value="check">
          {say('admin.catalog.check')}
        </Button>
        <Button icon="send" name="step" value="propose">
          {say('admin.catalog.propose')}
        </Button>
      </ButtonRow>
    </form>
  );
}
