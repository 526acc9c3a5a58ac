import { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import type { Actor } from '../identity/door.ts';
import { pageSize } from '../platform/door.ts';
import type { Cases } from './door.ts';

const at = '2026-09-25T02:00:00.000Z';
const father: Actor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
let cases: Cases;

beforeAll(async () => {
  ({ cases } = await openRoom(at));
});

describe('drafts and files', () => {
  const start = () =>
    cases.drafts.start(
      father,
      {
        owner: '360121-father',
        division: '360121100000',
        subject: { kind: 'bundle', id: 'newborn' },
        subjectVersion: 1,
        situation: {},
      },
      at,
    );

  test('what was saved page by page is there again', async () => {
    const { id } = await start();
    await cases.drafts.save(father, id, { child_name: '陈沐阳' }, at);
    await cases.drafts.save(father, id, { child_sex: 'male' }, at);
    expect((await cases.drafts.read(father, id)).answers).toEqual({ child_name: '陈沐阳', child_sex: 'male' });
    const mother: Actor = { kind: 'person', id: '360121-mother', region: '360121', name: '刘雨桐' };
    await expect(cases.drafts.read(mother, id)).rejects.toMatchObject({ code: 'draft-not-found' });
  });

  test('more than a page of them are all there, and one that was begun is found among them', async () => {
    const busy: Actor = { kind: 'person', id: '360121-busy', region: '360121', name: '万根生' };
    const place = { division: '360121100000', subject: { kind: 'bundle', id: 'newborn' }, subjectVersion: 1 } as const;
    const begin = (situation: Record<string, string>, when = at) =>
      cases.drafts.start(busy, { ...place, owner: busy.id, situation }, when);
    const first = await begin({ household: 'father', wants_card: 'yes' }, '2026-09-01T02:00:00.000Z');
    for (let n = 0; n < pageSize; n++) await begin({ household: 'mother' });
    const pages = [await cases.drafts.ofOwner(busy), await cases.drafts.ofOwner(busy, pageSize)];
    expect(pages.map(({ rows, more }) => [rows.length, more])).toEqual([
      [pageSize, true],
      [1, false],
    ]);
    const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect([new Set(ids).size, ids.at(-1)]).toEqual([pageSize + 1, first.id]);
    expect(ids).toEqual(await cases.drafts.ownIds(busy));
    const like = { ...place, situation: { wants_card: 'yes', household: 'father' } };
    expect((await cases.drafts.begun(busy, like))?.id).toBe(first.id);
    for (const other of [
      { ...like, division: '360121101000' },
      { ...like, subjectVersion: 2 },
      { ...like, situation: { household: 'father' } },
    ])
      expect(await cases.drafts.begun(busy, other)).toBeUndefined();
    expect(await cases.drafts.begun(father, like)).toBeUndefined();
  });

  test('a file is kept by its content; its name and size must be true', async () => {
    const { id } = await start();
    const target = { draft: id, owner: '360121-father', material: 'delivery_record' };
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
    const put = (name: string, content: Buffer) => cases.files.put(father, target, name, Readable.from([content]), at);
    const file = await put('出院记录.pdf', pdf);
    expect(file).toMatchObject({ mediaType: 'application/pdf', bytes: pdf.length });
    const turned = await put('record\u202Efdp.\u2066exe.pdf', pdf);
    expect(turned.name, 'reads as what it is').toBe('recordfdp.exe.pdf');
    await cases.files.remove(father, turned, at);
    await expect(put('photo.jpg', pdf)).rejects.toMatchObject({ code: 'file-type-mismatch' });
    await expect(put('run.exe', Buffer.from('MZ\x90\x00'.repeat(50)))).rejects.toMatchObject({
      code: 'file-type-not-allowed',
    });
    await expect(put('empty.pdf', Buffer.alloc(0))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(put('large.pdf', Buffer.concat([pdf, Buffer.alloc(11 * 1024 * 1024)]))).rejects.toMatchObject({
      code: 'file-too-large',
    });
    expect((await cases.files.ofDraft(father, id)).map(({ name }) => name)).toEqual(['出院记录.pdf']);
  });
});
