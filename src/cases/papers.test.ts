import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Problem } from '../platform/door.ts';
import { takePaper } from './papers.ts';

const pdf = (...objects: (string | Buffer)[]) =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects.flatMap((object) => [Buffer.from(object), Buffer.from('\n')]),
    Buffer.from('trailer<</Root 1 0 R>>\n%%EOF\n'),
  ]);
const stream = (dictionary: string, content: Buffer) =>
  Buffer.concat([
    Buffer.from(`7 0 obj<<${dictionary}/Filter/FlateDecode/Length ${content.length}>>stream\r\n`),
    content,
    Buffer.from('\nendstream endobj'),
  ]);
const take = (bytes: Buffer, name = 'a.pdf') => takePaper(bytes, name, undefined);
const code = (bytes: Buffer, name?: string) =>
  take(bytes, name).then(
    () => 'taken',
    (problem: Problem) => problem.code,
  );

describe('a PDF is looked through', () => {
  test('one that only shows something is kept as it is', async () => {
    const page = stream('', deflateSync('BT (how to write /JavaScript) Tj ET'));
    const bytes = pdf('1 0 obj<</Type/Catalog/OpenAction[3 0 R/Fit]>>endobj', page);
    expect((await take(bytes)).bytes.equals(bytes)).toBe(true);
  });

  test.each([
    ['a script', '1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'],
    ['a script whose name is hidden', '1 0 obj<</OpenAction<</S/J#61vaScr#69pt/JS(1)>>>>endobj'],
    ['a program to start', '1 0 obj<</AA<</O<</S/Launch/F(cmd.exe)>>>>>>endobj'],
    ['something to send', '1 0 obj<</A<</S/SubmitForm/F(https://example.com)>>>>endobj'],
    ['a script behind what looks like a stream', '% stream\n1 0 obj<</S/JavaScript>>endobj\n% endstream'],
  ])('one with %s is refused', async (_, object) => {
    expect(await code(pdf(object))).toBe('file-active');
  });

  test('one with a script in packed objects is refused', async () => {
    const packed = deflateSync('1 0 2 20 <</Type/Action>> <</S/JavaScript/JS(1)>>');
    expect(await code(pdf(stream('/Type/ObjStm/N 2', packed)))).toBe('file-active');
    expect(await code(pdf(stream('/Type/Obj#53tm/N 2', packed)))).toBe('file-active');
  });

  test('packed objects nobody can unpack are refused', async () => {
    expect(await code(pdf(stream('/Type/ObjStm/N 2', Buffer.from('8;Z]"~> written in Ascii85'))))).toBe('file-damaged');
  });

  test('one that is locked is refused', async () => {
    expect(await code(pdf('9 0 obj<</Filter/Standard/V 5>>endobj', 'trailer<</Encrypt 9 0 R>>'))).toBe('file-locked');
  });

  test('one that unpacks to more than any paper is refused', async () => {
    const packed = deflateSync(Buffer.alloc(600 * 1024 * 1024), { level: 9 });
    expect(packed.length).toBeLessThan(1024 * 1024);
    expect(await code(pdf(stream('', packed)))).toBe('file-bomb');
  });

  test('one that was cut off is refused', async () => {
    expect(await code(pdf('1 0 obj<<>>endobj').subarray(0, -8))).toBe('file-damaged');
  });
});

describe('what is no paper', () => {
  test('an archive is not unpacked, however small it says it is', async () => {
    const packed = deflateSync(Buffer.alloc(50 * 1024 * 1024)).subarray(2, -4);
    const head = Buffer.alloc(30);
    head.write('PK\x03\x04', 'latin1');
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt16LE(19, 26);
    const zip = Buffer.concat([head, Buffer.from('[Content_Types].xml'), packed]);
    expect(await code(zip, 'form.docx')).toBe('file-type-not-allowed');
    expect(await code(zip, 'form.pdf')).toBe('file-type-not-allowed');
  });

  test('a page, a program and a moving picture are refused', async () => {
    expect(await code(Buffer.from('<!doctype html><script>1</script>'), 'a.pdf')).toBe('file-type-not-allowed');
    expect(await code(Buffer.from('MZ\x90\x00'.repeat(50)), 'a.jpg')).toBe('file-type-not-allowed');
    expect(await code(Buffer.from(`GIF89a${'\0'.repeat(40)}`, 'latin1'), 'a.png')).toBe('file-moving');
  });

  test('what the scanner refuses goes no further', async () => {
    const scan = () => Promise.reject(new Problem('file-infected'));
    await expect(takePaper(pdf(), 'a.pdf', scan)).rejects.toMatchObject({ code: 'file-infected' });
  });
});
