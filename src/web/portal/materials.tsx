import type { StoredFile } from '../../cases/door.ts';
import { largestFile } from '../../cases/door.ts';
import type { TaskList } from '../../catalog/door.ts';
import type { Problem, Text } from '../../platform/door.ts';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { FileUpload } from '../components/file-upload/file-upload.tsx';
import { Columns, Heading, Section, Sheet } from '../components/layout/layout.tsx';
import { Page } from '../components/page/page.tsx';
import { Steps } from '../components/steps/steps.tsx';
import { Why } from '../components/why/why.tsx';
import type { View } from '../view.ts';
import { hrefOf, type Journey, toBring } from './journey.ts';
import { SharedMaterials } from './materials-list.tsx';

export type MaterialProblem = { material: string; problem: Problem };
type MaterialsPageProps = {
  view: View;
  journey: Journey;
  files: StoredFile[];
  steps: { at: number; of: number };
  back: string;
  wrong?: MaterialProblem;
  office: (kind: string) => string;
};

/** What to hand in, each material with its own upload; below, what nobody has to hand in. */
export function MaterialsPage({ view, journey, files, steps, back, wrong, office }: MaterialsPageProps) {
  const { say, lang } = view;
  const title = say('portal.materials.title');
  const shared = journey.list.materials.some(({ material }) => material.source === 'shared');
  return (
    <Page
      view={view}
      area="portal"
      title={title}
      wrong={wrong !== undefined}
      back={<BackLink view={view} href={back} />}
    >
      <Columns
        aside={
          <Why view={view} title={say('portal.materials.howTitle')}>
            <p>{say('portal.materials.how', { most: largestFile / 1024 / 1024 })}</p>
          </Why>
        }
      >
        <ErrorSummary
          view={view}
          errors={wrong ? [{ field: wrong.material, message: problemText(view, wrong.problem) }] : []}
        />
        <Steps view={view} {...steps} section={journey.name[lang]} />
        <Heading title={title} lead={say('portal.materials.lead')} />
        {toBring(journey).map((entry) => (
          <UploadForm
            view={view}
            entry={uploadEntry(entry)}
            files={files}
            action={hrefOf(journey, { kind: 'materials' })}
            wrong={wrong}
          />
        ))}
        {shared && (
          <Section id="spared" title={say('portal.materials.sparedHere')}>
            <SharedMaterials view={view} list={journey.list} office={office} />
          </Section>
        )}
        <ButtonRow>
          <Button href={hrefOf(journey, { kind: 'check' })}>{say('portal.apply.continue')}</Button>
        </ButtonRow>
      </Columns>
    </Page>
  );
}

export type UploadEntry = { id: string; name: Text; hint?: Text; required: boolean };

export function uploadEntry({ material, required }: TaskList['materials'][number]): UploadEntry {
  return { id: material.id, name: material.name, hint: material.hint, required };
}

type UploadFormProps = { view: View; entry: UploadEntry; files: StoredFile[]; action: string; wrong?: MaterialProblem };

/** One material: what is there, and a place for one more. */
export function UploadForm({ view, entry, files, action, wrong }: UploadFormProps) {
  const { say, lang } = view;
  const own = files.filter(({ material }) => material === entry.id);
  const words = say(own.length > 0 ? 'portal.materials.uploadMore' : 'portal.materials.upload');
  return (
    <Sheet>
      <form method="post" action={action} encType="multipart/form-data">
        <Csrf view={view} />
        <input type="hidden" name="material" value={entry.id} />
        <FileUpload
          view={view}
          name="file"
          id={entry.id}
          label={entry.name[lang]}
          hint={entry.hint?.[lang]}
          optional={!entry.required}
          error={wrong?.material === entry.id ? problemText(view, wrong.problem) : undefined}
          accept="image/jpeg,image/png,image/webp,application/pdf"
          files={own.map(({ id, name, bytes }) => ({ name, bytes, href: `/files/${id}`, remove: id }))}
        />
        <ButtonRow>
          <Button kind="secondary" icon="upload" label={`${words} ${entry.name[lang]}`}>
            {words}
          </Button>
        </ButtonRow>
      </form>
    </Sheet>
  );
}

/** What is wrong with a file and what to do, in one line. */
export function problemText({ say }: View, { code, params }: Problem): string {
  return `${say(`problem.${code}.title`, params)}${say('portal.colon')}${say(`problem.${code}.advice`, params)}`;
}
