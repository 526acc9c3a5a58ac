import type { Line } from '../../catalog/door.ts';
import { Section } from '../components/layout/layout.tsx';
import type { View } from '../view.ts';

const looks = { '+': 'change-new', '-': 'change-gone', ' ': undefined } as const;

/** What a text changes, line by line. Signs and hidden words say what colour says. */
export function Changes({ view, changes }: { view: View; changes: Line[][] }) {
  const { say } = view;
  return (
    <Section title={say('admin.catalog.changes')} id="changes">
      {changes.length === 0 && <p>{say('admin.catalog.noChanges')}</p>}
      {changes.map((lines) => (
        <ol class="changes">
          {lines.map((line) => (
            <li class={looks[line.sign]}>
              <span class="change-at">
                {line.sign} {line.at}
              </span>
              <code>
                {line.sign !== ' ' && (
                  <span class="away">{say(`admin.catalog.${line.sign === '+' ? 'added' : 'removed'}`)}</span>
                )}
                {line.text}
              </code>
            </li>
          ))}
        </ol>
      ))}
    </Section>
  );
}
