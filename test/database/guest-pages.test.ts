import { expect, test } from 'vitest';
import { openProduct } from '../support/api.ts';

/** The clock stands still here: nothing kept for guests ends by its age. */
test('a published change of the catalogue is on the page of the next guest', async () => {
  const { app, house } = await openProduct();
  const at = house.clock();
  const guide = async () => (await app.inject('/items/senior-card')).payload;
  const staff = async (name: string) => {
    const actor = await house.identity.staff.actor('360121', `360121-${name}`, at);
    if (!actor) throw new Error(`no ${name}`);
    return actor;
  };
  const moment = { at, from: '127.0.0.0/24' };
  const subject = { kind: 'item', id: 'senior-card' } as const;
  const [editor, publisher] = [await staff('catalog-editor'), await staff('catalog-publisher')];
  const { source, newest } = await house.proposals.begin(editor, subject);
  const changed = source.replace(/^plain: .*$/m, 'plain: { zh: 敬老优待卡, en: Senior courtesy card }');
  const wish = { ...subject, source: changed, base: newest.version, note: '群众都叫敬老卡' };
  const proposal = await house.proposals.propose(editor, wish, moment);
  expect(await guide()).not.toContain('敬老优待卡');
  await house.proposals.publish(publisher, proposal, moment);
  expect(await guide()).toContain('敬老优待卡');
});
