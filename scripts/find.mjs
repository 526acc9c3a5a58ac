// What the browser tests need from the machine: a Chromium and a font with Chinese characters. Each is named, found,
// installed with apt as root, or brought from npm into dist/browser.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { giveUp, node24, npmCommand, root } from './setup.mjs';

const own = join(root, 'dist', 'browser');
const packages = { chromium: '@sparticuz/chromium@153.0.0', font: '@expo-google-fonts/noto-sans-sc@0.4.3' };

/** The path of a Chromium. */
export function chromium() {
  return (
    findChromium() ||
    (install('chromium') && findChromium()) ||
    chromiumFromNpm() ||
    giveUp(
      'The browser tests need Chromium: install it (Debian: sudo apt-get install chromium), or set CHROMIUM to its path.',
    )
  );
}

/** Variables with which Chinese can be drawn; without a font screenshots show boxes, and tests still hold. */
export function chineseFont() {
  const found = () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim();
  if (found() || (install('fontconfig', 'fonts-noto-cjk') && found())) return {};
  const settings = fontFromNpm();
  if (settings) return { FONTCONFIG_FILE: settings };
  console.warn(
    'Warning: no font with Chinese characters; screenshots will show boxes (Debian: sudo apt-get install fonts-noto-cjk).',
  );
  return {};
}

function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : giveUp(`CHROMIUM is ${named}, but there is no such file.`);
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runs);
}

const runs = (path) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 60_000 }).status === 0;

/** A Chromium without a window, packed in a package; it needs the system libraries of an ordinary Linux. */
function chromiumFromNpm() {
  if (!fromNpm(packages.chromium)) return undefined;
  const module = pathToFileURL(join(own, 'node_modules/@sparticuz/chromium/build/index.js')).href;
  const unpack = `import(${JSON.stringify(module)}).then(async (it) => console.log(await it.default.executablePath()))`;
  // It is unpacked into the folder of temporary files, and found there the next time.
  const done = spawnSync(node24(), ['-e', unpack], { encoding: 'utf8', env: { ...process.env, TMPDIR: own } });
  const path = done.stdout?.trim();
  return path && runs(path) ? path : undefined;
}

/** Settings of fontconfig that add the font of a package to those of the machine. */
function fontFromNpm() {
  if (!fromNpm(packages.font)) return undefined;
  const settings = join(own, 'fonts.conf');
  const folder = join(own, 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular');
  const include = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  const cache = `<cachedir>${join(own, 'font-cache')}</cachedir>`;
  writeFileSync(settings, `<?xml version="1.0"?><fontconfig>${include}<dir>${folder}</dir>${cache}</fontconfig>\n`);
  return settings;
}

function fromNpm(wanted) {
  mkdirSync(own, { recursive: true });
  const [name] = wanted.split(/@(?=[^@]*$)/);
  if (existsSync(join(own, 'node_modules', name, 'package.json'))) return true;
  console.log(`Bringing ${name} from npm, this may take a minute …`);
  const [program, ...words] = npmCommand();
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', own];
  return spawnSync(program, [...words, 'install', ...options, wanted], { cwd: own, stdio: 'ignore' }).status === 0;
}

let fresh = false;

function install(...wanted) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.log(`Installing ${wanted.join(' and ')} with apt-get, this may take a few minutes …`);
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  if (!fresh) fresh = apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...wanted);
}
