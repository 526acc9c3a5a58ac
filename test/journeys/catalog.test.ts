import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, newPage } from '../support/browser.ts';
import { button, fill, say } from '../support/story.ts';
import { deskOf } from './office.ts';

/** A guide is changed by one person and published by another, and people read the change. */
const look = async (page: Page) => {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
};
const source = (page: Page) => page.locator('[name=source]');
const item = '老年人优待证办理';

describe('the catalogue', () => {
  test('one proposes, is told the line of a mistake, mends it; another publishes; the guide says it', async () => {
    const editor = await deskOf('catalog-editor', { width: 320 });
    await editor.goto('/admin');
    await look(editor);
    await editor.getByRole('link', { name: item, exact: true }).click();
    await source(editor).waitFor();
    await look(editor);

    const before = await source(editor).inputValue();
    const plain = before.split('\n').findIndex((line) => line.startsWith('plain:'));
    const changed = before.replace(/^plain: .*$/m, 'plain: { zh: 敬老优待卡, en: Senior courtesy card }');
    await source(editor).fill(changed.replace(/^plain:/m, 'plan:'));
    await button(editor, say('admin.catalog.check')).click();
    const place = say('admin.catalog.place', { line: plain + 1, column: 1 });
    await editor
      .getByText(new RegExp(`^${place}`))
      .first()
      .waitFor();
    await look(editor);

    await source(editor).fill(changed);
    await button(editor, say('admin.catalog.check')).click();
    await editor.getByText(say('admin.catalog.fine')).waitFor();
    await editor.getByText('Senior courtesy card').first().waitFor();
    await look(editor);
    await button(editor, say('admin.catalog.propose')).click();
    await editor.getByText(say('field.catalog-note')).first().waitFor();
    await fill(editor, { note: '群众都叫敬老卡' });
    await button(editor, say('admin.catalog.propose')).click();
    await editor.getByText(say('admin.catalog.proposed')).waitFor();
    await editor.getByText(say('admin.catalog.own')).waitFor();
    expect(await button(editor, say('admin.catalog.publish')).count()).toBe(0);
    await look(editor);

    const publisher = await deskOf('catalog-publisher');
    await publisher.goto('/admin/catalog');
    await look(publisher);
    await publisher.locator('a[href*="/admin/catalog/proposals/"]').first().click();
    await publisher.getByText('敬老优待卡').first().waitFor();
    await look(publisher);
    await button(publisher, say('admin.catalog.publish')).click();
    await publisher.getByText(say('admin.catalog.published')).waitFor();
    await look(publisher);

    const citizen = await newPage();
    await citizen.goto('/items/senior-card');
    await citizen.getByText('敬老优待卡').first().waitFor();
    await Promise.all([editor, publisher, citizen].map((page) => page.context().close()));
  });
});
