import type { Assessment } from '../../rights/door.ts';
import { Heading, Section, Sheet } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { dayText } from '../format.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';

const parts = ['purpose', 'lawfulness', 'effects', 'measures', 'by'] as const;

type Props = {
  view: View;
  assessments: Assessment[];
  /** Names of items in use that ask for sensitive data and stand in none of them. */
  missing: string[];
};

/** The impact assessments as they stand in their files, and what they leave out; read only. */
export function AssessmentsPage({ view, assessments, missing }: Props) {
  const { say, lang } = view;
  const title = say('rights.assessment.title');
  return (
    <AdminPage view={view} title={title} place="assessments">
      <Heading title={title} lead={say('rights.assessment.lead')} />
      {missing.length > 0 && (
        <Notice kind="warn" title={say('rights.assessment.missing', { count: missing.length })}>
          {missing.join(lang === 'zh' ? '、' : ', ')}
        </Notice>
      )}
      {assessments.map((one) => (
        <Section
          id={one.id}
          title={one.name[lang]}
          action={one.verified ? undefined : <Tag tone="plain">{say('rights.assessment.unverified')}</Tag>}
        >
          <Sheet>
            <SummaryList
              view={view}
              label={one.name[lang]}
              rows={[
                ...parts.map((part) => ({ key: say(`rights.assessment.${part}`), value: one[part][lang] })),
                { key: say('rights.assessment.date'), value: dayText(lang, one.date) },
                { key: say('rights.assessment.keepUntil'), value: dayText(lang, one.keepUntil) },
              ]}
            />
          </Sheet>
        </Section>
      ))}
    </AdminPage>
  );
}
