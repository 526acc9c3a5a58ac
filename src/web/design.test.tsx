import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { loadTexts } from '../platform/say.ts';
import { designPage, designPaths } from './design-page.tsx';
import { hasIcon } from './icons.ts';
import { renderPage } from './render.ts';
import { repositoryRoot } from './root.ts';
import { type Mode, modes, type View } from './view.ts';

const texts = loadTexts(join(repositoryRoot(), 'texts'));

function viewIn(lang: 'zh' | 'en', mode: Mode): View {
  return {
    say: texts.say(lang),
    lang,
    mode,
    actor: { kind: 'guest' },
    csrf: 'a-token',
    path: '/design?q=1',
    demo: true,
    county: { zh: '南昌县', en: 'Nanchang County' },
    placeName: (...names) => names.join(''),
    region: '360121',
    now: new Date('2026-01-07T02:00:00Z'),
    coveredUntil: '2026-12-31',
    limits,
    firstView: false,
    requestId: 'request-1',
  };
}

function htmlOf(path: string, lang: 'zh' | 'en' = 'zh', mode: Mode = 'standard'): string {
  const page = designPage(viewIn(lang, mode), path);
  if (!page) throw new Error(`no page ${path}`);
  return renderPage(page);
}

const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '');

describe.each(designPaths())('/design/%s', (path) => {
  it.each(modes)('renders in both languages in mode %s', (mode) => {
    expect(htmlOf(path, 'zh', mode)).toContain(`mode-${mode}`);
    expect(htmlOf(path, 'en', mode)).toContain('lang="en"');
  });

  it('keeps to the content-security policy: no inline styles, scripts or handlers', () => {
    const html = htmlOf(path);
    expect(html).not.toMatch(/<[^>]+\sstyle=/);
    expect(html).not.toMatch(/<[^>]+\son[a-z]+=/);
    expect(html).not.toMatch(/<script(?! src=)/);
  });

  it('has one h1, one main, and no id twice', () => {
    const html = htmlOf(path);
    expect(all(html, /<(main)[\s>]/g)).toHaveLength(1);
    if (path.startsWith('page/') || path === '') expect(all(html, /<(h1)[\s>]/g)).toHaveLength(1);
    const ids = all(html, /\sid="([^"]*)"/g);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('describes and names only what is there', () => {
    const html = htmlOf(path);
    const ids = new Set(all(html, /\sid="([^"]*)"/g));
    const wanted = [
      ...all(html, /\saria-(?:describedby|labelledby)="([^"]*)"/g).flatMap((value) => value.split(' ')),
      ...all(html, /<label[^>]*\sfor="([^"]*)"/g),
    ];
    expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('protects every form that posts', () => {
    for (const form of all(htmlOf(path), /<form([^>]*method="post"[\s\S]*?)<\/form>/g).filter((form) =>
      form.includes('sign-out'),
    )) {
      expect(form).toContain('name="_csrf"');
    }
  });
});

it('shows what people typed as text, never as markup', () => {
  const html = htmlOf('field');
  expect(html).not.toContain('<img src=x');
  expect(html).not.toContain('<script>alert');
  expect(html).toContain('&lt;img src=x>');
});

it('falls back to a plain icon for a name that does not exist, and never leaves its folder', () => {
  expect(hasIcon('baby')).toBe(true);
  expect(hasIcon('../../package')).toBe(false);
  expect(htmlOf('link-card')).toContain('图标写错了');
});

it('has no page for a component that does not exist', () => {
  expect(designPage(viewIn('zh', 'standard'), 'nothing')).toBeUndefined();
});
