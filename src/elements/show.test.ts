import { describe, expect, it } from 'vitest';
import { mask } from './mask.ts';
import type { Element } from './model.ts';
import { show } from './show.ts';

const of = (type: Element['type'], more: Partial<Element> = {}): Element => ({
  id: 'it',
  name: { zh: '它', en: 'It' },
  type,
  sensitivity: 3,
  source: 'applicant',
  ...more,
});

describe('a value shown', () => {
  it('reads the way people read it', () => {
    expect(show(of('date'), '2026-01-02', 'zh')).toBe('2026年1月2日');
    expect(show(of('date'), '2026-01-02', 'en')).toBe('2 January 2026');
    expect(show(of('yes-no'), 'no', 'zh')).toBe('否');
    expect(show(of('bank-card'), '6222600260001072444', 'en')).toBe('6222 6002 6000 1072 444');
    expect(show(of('division'), '360121100000', 'zh', () => '莲塘镇')).toBe('莲塘镇');
    const choice = of('choice', { options: [{ value: 'a', label: { zh: '甲', en: 'A' } }] });
    expect(show(choice, 'a', 'zh')).toBe('甲');
    expect(show(choice, 'gone', 'zh')).toBe('gone');
    expect(show(of('date'), '', 'zh')).toBe('');
  });
});

describe('a value masked', () => {
  it.each([
    ['person-name', '张小三', '张**'],
    ['person-name', '𠮷四', '𠮷*'],
    ['id-card', '11010519491231002X', '110105********002X'],
    ['phone', '13800138000', '138****8000'],
    ['bank-card', '6222600260001072444', '***************2444'],
    ['address', '江西省南昌市南昌县莲塘镇澄湖路1号', '江西省南昌市南昌县****'],
    ['address', '北京市朝阳区建国路1号', '北京市朝阳区****'],
    ['address', '莲塘', '****'],
    ['date', '1990-01-02', '1990-**-**'],
    ['text', '秘密', '秘*'],
    ['id-card', '123', '***'],
  ] as const)('%s %s is %s', (type, value, masked) => expect(mask(of(type), value)).toBe(masked));

  it('is not masked when it is public, and hidden whole when it is sensitive', () => {
    expect(mask(of('text', { sensitivity: 1 }), '公开')).toBe('公开');
    expect(mask(of('yes-no', { sensitivity: 4 }), 'yes')).toBe('****');
  });
});
