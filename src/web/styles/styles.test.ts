import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { squeeze, stylesheet } from './styles.ts';

it('keeps the citizen stylesheet within its budget of 5.5 KB', () => {
  expect(gzipSync(stylesheet('portal').css, { level: 9 }).length).toBeLessThan(5.5 * 1024);
});

it('is named by its content and allowed by its hash', () => {
  const { css, href, hash, csp } = stylesheet('staff');
  expect(href).toBe(`/assets/staff.${hash}.css`);
  expect(csp).toBe(`'sha256-${createHash('sha256').update(css).digest('base64')}'`);
});

it('reads the same after comments and spaces are gone', () => {
  expect(squeeze('/* why */ a > b ,\n c:hover { margin: 0 calc(1px + 2px) ; content: "x"; }')).toBe(
    "a>b,c:hover{margin:0 calc(1px + 2px);content:'x'}",
  );
});

it('loads nothing from anywhere', () => {
  expect(stylesheet('staff').css).not.toMatch(/url\(|@import/);
});
