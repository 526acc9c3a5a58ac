import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseRow, CaseState } from '../cases/door.ts';
import { loadTexts } from '../platform/door.ts';
import { BranchTag, CaseTag as DeskTag } from './desk/states.tsx';
import { CaseTag } from './portal/case-card.tsx';
import { renderPage } from './render.ts';
import { repositoryRoot } from './root.ts';
import type { View } from './view.ts';

const texts = loadTexts(join(repositoryRoot(), 'texts'), true);

type Of = Pick<CaseRow, 'status' | 'outcome'>;
const ends: [Of, string][] = [
  [{ status: 'closed', outcome: 'granted' }, 'good'],
  [{ status: 'closed', outcome: 'partly-granted' }, 'warn'],
  [{ status: 'closed', outcome: 'refused' }, 'bad'],
  [{ status: 'not-accepted', outcome: 'not-accepted' }, 'bad'],
  [{ status: 'withdrawn', outcome: 'withdrawn' }, 'plain'],
];

describe.each(['zh', 'en'] as const)('the tag of a case in %s', (lang) => {
  const view = { say: texts.say(lang), lang } as View;

  it.each([
    ['at home', CaseTag],
    ['at the desk', DeskTag],
  ])('tells every end apart %s, in words and in colour', (_where, Tag) => {
    const shown = ends.map(([of]) => renderPage(<Tag view={view} of={of} />));
    for (const [at, [, tone]] of ends.entries()) expect(shown[at]).toContain(`tag-${tone}`);
    const words = shown.map((html) => html.replace(/<[^>]*>/g, ''));
    expect(new Set(words).size).toBe(ends.length);
  });

  it('does not promise of a case that ended before it was accepted that its items will begin', () => {
    const of = { status: 'not-accepted', closedAt: '2026-10-10T02:00:00Z' } as CaseState;
    const html = renderPage(<BranchTag view={view} status="waiting" of={of} />);
    expect(html).toContain(view.say('desk.branchStatus.never'));
  });
});
