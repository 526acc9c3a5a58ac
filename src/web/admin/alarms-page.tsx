import { spokenNumber } from '../../cases/door.ts';
import type { AlarmName, AlarmRow } from '../../ledger/door.ts';
import type { Page } from '../../platform/door.ts';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading, Section, Sheet } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { SummaryList } from '../components/summary-list/summary-list.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { dayText } from '../format.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { type Names, readMoment } from './trail-words.ts';

/** A note that was not taken: about which alarm, why, and what was written. */
export type RefusedNote = { alarm: string; error: string; note?: string };

type Props = {
  view: View;
  names: Names;
  /** Which page of the alarms. */
  at: number;
  found: Page<AlarmRow>;
  done: boolean;
  refused?: RefusedNote;
};

/** What was unusual, the latest first, and what somebody found out about it. */
export function AlarmsPage(props: Props) {
  const { view, at, found, done } = props;
  const { say } = view;
  return (
    <AdminPage view={view} title={say('admin.alarms.title')} place="alarms" wrong={props.refused !== undefined}>
      {done && <Notice kind="good" live title={say('admin.alarms.noted')} />}
      <Heading title={say('admin.alarms.title')} lead={say('admin.alarms.lead')} />
      {isEmpty(at, found) && (
        <EmptyState icon="bell" title={say('admin.alarms.none')} note={say('admin.alarms.noneNote')} />
      )}
      {found.rows.map((alarm) => (
        <One {...props} alarm={alarm} />
      ))}
      <Pagination view={view} {...leafing(at, found, '/admin/alarms')} />
    </AdminPage>
  );
}

/** Names one alarm in a form and on the page. */
export const alarmKey = ({ who, day, rule, subject }: Pick<AlarmRow, 'who' | 'day' | 'rule' | 'subject'>): string =>
  [rule, day, who, subject].join(' ');

/** The name that somebody says an alarm has. */
export function alarmNamed(key: string): AlarmName {
  const [rule = '', day = '', who = '', ...subject] = key.split(' ');
  return { rule, day, who, subject: subject.join(' ') };
}

function One({ view, at, names, alarm, refused }: Props & { alarm: AlarmRow }) {
  const { say, lang } = view;
  const key = alarmKey(alarm);
  const wrong = refused?.alarm === key ? refused : undefined;
  const id = `alarm-${key.replaceAll(' ', '-')}`;
  const rows = [
    { key: say('admin.trail.column.who'), value: names.staff.get(alarm.who) ?? alarm.who },
    { key: say('admin.alarms.found'), value: say(`admin.alarms.rule.${alarm.rule}`, { count: alarm.count }) },
    ...(alarm.rule === 'break-glass' ? [{ key: say('admin.glass.number'), value: spokenNumber(alarm.subject) }] : []),
    ...(alarm.rule === 'take-over'
      ? [{ key: say('admin.alarms.account'), value: names.staff.get(alarm.subject) ?? alarm.subject }]
      : []),
    ...(alarm.detail ? [{ key: say('admin.alarms.how'), value: say(`admin.alarms.kin.${alarm.detail}`) }] : []),
    ...alarm.notes.map(({ at, by, note }) => ({
      key: say('admin.alarms.note'),
      value: note,
      note: say('admin.alarms.by', { name: names.staff.get(by) ?? by, time: readMoment(lang, at) }),
    })),
  ];
  const open = alarm.notes.length === 0;
  return (
    <Section title={`${dayText(lang, alarm.day)} · ${say(`admin.alarms.name.${alarm.rule}`)}`} id={id}>
      <Sheet>
        <Tag tone={open ? 'warn' : 'good'}>{say(open ? 'admin.alarms.open' : 'admin.alarms.closed')}</Tag>
        <SummaryList view={view} label={say(`admin.alarms.name.${alarm.rule}`)} rows={rows} />
        <form method="post" action={`/admin/alarms${at > 1 ? `?page=${at}` : ''}`}>
          <Csrf view={view} />
          <input type="hidden" name="alarm" value={key} />
          <TextArea
            view={view}
            name="note"
            id={`${id}-note`}
            label={say('admin.alarms.note')}
            hint={say('admin.alarms.noteHint')}
            value={wrong?.note}
            error={wrong?.error}
            rows={2}
          />
          <p class="button-row">
            <Button kind={open ? 'primary' : 'secondary'}>{say('admin.alarms.keep')}</Button>
          </p>
        </form>
        <form method="post" action="/admin/trail">
          <Csrf view={view} />
          <input type="hidden" name="who" value={alarm.who} />
          <input type="hidden" name="from" value={alarm.day} />
          <input type="hidden" name="to" value={alarm.day} />
          <p class="button-row">
            <Button kind="secondary" icon="footprints">
              {say('admin.alarms.look')}
            </Button>
          </p>
        </form>
      </Sheet>
    </Section>
  );
}
