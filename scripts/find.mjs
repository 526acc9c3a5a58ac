// What the browser tests need from the machine: a Chromium and a font with Chinese characters.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp } from './setup.mjs';

/** The path of a Chromium: named, found, or installed. */
export function chromium() {
  return (
    findChromium() ||
    (install('chromium') && findChromium()) ||
    giveUp(
      'The browser tests need Chromium: install it (Debian: sudo apt-get install chromium), or set CHROMIUM to its path.',
    )
  );
}

/** Says whether Chinese can be drawn, after trying to make it so; without it screenshots show boxes, tests still hold. */
export function chineseFont() {
  const found = () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim();
  if (found() || (install('fontconfig', 'fonts-noto-cjk') && found())) return true;
  console.warn(
    'Warning: no font with Chinese characters; screenshots will show boxes (Debian: sudo apt-get install fonts-noto-cjk).',
  );
  return false;
}

function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? named : giveUp(`CHROMIUM is ${named}, but there is no such file.`);
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find((path) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 60_000 }).status === 0);
}

let fresh = false;

function install(...packages) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.log(`Installing ${packages.join(' and ')} with apt-get, this may take a few minutes …`);
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  if (!fresh) fresh = apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages);
}
