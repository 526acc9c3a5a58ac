import { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { openRoom } from '../../test/support/cases-room.ts';
import type { Actor } from '../identity/door.ts';
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
