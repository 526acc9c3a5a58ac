/** Browser and system in a few words, from what a browser says of itself; enough to recognise one's own. Pure. */
export function browserName(agent: string | undefined): string {
  const first = (names: readonly (readonly [RegExp, string])[]) => names.find(([sign]) => sign.test(agent ?? ''))?.[1];
  return [first(browsers), first(systems)].filter(Boolean).join(' · ');
}

// The order matters: most browsers also say they are Chrome or Safari.
const browsers = [
  [/MicroMessenger/, '微信'],
  [/AlipayClient/, '支付宝'],
  [/QQBrowser/, 'QQ浏览器'],
  [/HuaweiBrowser/, '华为浏览器'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const;
const systems = [
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/UOS|Kylin|Linux/, 'Linux'],
] as const;
