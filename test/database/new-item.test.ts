import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consentText } from '../../src/cases/door.ts';
import type { StaffActor } from '../../src/identity/door.ts';
import { answers as newborn, situation } from '../support/newborn.ts';
import { houseOn, ownItems } from '../support/own-items.ts';

const at = '2026-06-10T02:00:00.000Z';

/** One more folder: what somebody does who adds an item. */
async function withOneMore(): Promise<string> {
  const folder = await ownItems();
  const like = await readFile(join(folder, 'items', 'birth-service-record', 'item.yaml'), 'utf8');
  await mkdir(join(folder, 'items', 'well-child-visit'));
  const item = like
    .replace('id: birth-service-record', 'id: well-child-visit')
    .replace(/^name: .*$/m, 'name: { zh: 新生儿上门访视, en: "Home visit for a newborn" }');
  await writeFile(join(folder, 'items', 'well-child-visit', 'item.yaml'), item);
  return folder;
}

test('adding an item is adding a folder: a case goes through it without a change to any program', async () => {
  const house = await houseOn(await withOneMore(), at);
  try {
    const staff = async (id: string): Promise<StaffActor> => {
      const actor = await house.identity.staff.actor('360121', `360121-${id}`, new Date(at));
      if (!actor) throw new Error(`no ${id}`);
      return actor;
    };
    const father = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' } as const;
    expect(house.catalog.search('上门访视')[0]).toMatchObject({ kind: 'item', id: 'well-child-visit' });
    const answers = {
      mother_name: '刘雨桐',
      mother_id_card: '360121199708260028',
      mother_phone: '13800000002',
      birth_order: '1',
      expected_birth_date: '2026-09-20',
    };
    const application = {
      draft: '360121-new-item',
      division: '360121100000',
      subject: { kind: 'item' as const, id: 'well-child-visit' },
      situation: {},
      answers,
      materials: {},
      applicant: { id: father.id, name: father.name },
      channel: 'online' as const,
      consent: consentText,
    };
    const { plan } = await house.cases.submit({ actor: father, application, commandId: 'new-1', at });
    const { number } = plan;
    const item = 'well-child-visit';
    const act = async (actor: StaffActor, command: Parameters<typeof house.cases.act>[0]['command']) =>
      house.cases.act({ actor, number, command, commandId: `new-${command.type}`, at });
    await act(await staff('clerk-liantang'), { type: 'accept' });
    const health = await staff('approver-health');
    await act(health, { type: 'claim', item });
    const results = Object.fromEntries(
      plan.branches.flatMap((branch) => branch.results.map(({ id, example }) => [id, example ?? '已登记'])),
    );
    const { state } = await act(health, { type: 'decide', item, outcome: 'granted', reason: '符合条件', results });
    expect(state).toMatchObject({ status: 'closed', outcome: 'granted' });
  } finally {
    await house.close();
  }
});

test('a draft and its case keep the items they began with, though one is published anew meanwhile', async () => {
  const folder = await ownItems();
  const house = await houseOn(folder, at);
  try {
    const { cases, catalog } = house;
    const father = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' } as const;
    const bundle = catalog.bundle('newborn');
    const before = catalog.item('birth-registration');
    if (!bundle || !before) throw new Error('no newborn bundle');
    const begun = { owner: father.id, division: '360121100000', subject: { kind: 'bundle', id: 'newborn' } } as const;
    const pinned = catalog.pin(bundle);
    const draft = await cases.drafts.start(father, { ...begun, ...pinned, situation, answers: newborn }, at);

    const file = join(folder, 'items', 'birth-registration', 'item.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^name: .*$/m, 'name: { zh: 新的登记, en: "New" }'));
    await catalog.reload();
    expect(catalog.item('birth-registration')?.version).toBe(before.version + 1);

    const { subjectVersion, itemVersions, division } = await cases.drafts.read(father, draft.id);
    const application = {
      ...{ draft: draft.id, division, subject: begun.subject, subjectVersion, itemVersions, situation },
      ...{ answers: newborn, materials: { delivery_record: 'paper' } },
      ...{ applicant: { id: father.id, name: father.name }, channel: 'online' as const },
      consent: consentText,
    };
    const { plan } = await cases.submit({ actor: father, application, commandId: 'pinned-1', at });
    const branch = plan.branches.find(({ item }) => item === 'birth-registration');
    expect(branch).toMatchObject({ itemVersion: before.version, name: before.name });
  } finally {
    await house.close();
  }
});
