// What every command needs first: the locked packages, the right Node, a build. Runs on any Node from 20 on, before
// anything is installed, and so imports nothing but Node itself.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Ends with one line that says what to do. */
export function giveUp(line) {
  console.error(line);
  process.exit(1);
}

/** Installs what package-lock.json says, unless exactly that is installed already. */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    giveUp(`Tongban needs Node 20 or newer to start; this is ${process.version}. Install it from https://nodejs.org`);
  if (isInstalled()) return;
  console.log('Installing the locked packages (npm ci), the first time this takes a minute or two …');
  // Install scripts of packages are not wanted (.npmrc): nothing here depends on their having run.
  const options = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--loglevel=error',
  ];
  const [program, ...words] = npmCommand();
  const done = spawnSync(program, [...words, ...options], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.status !== 0)
    giveUp('The packages could not be installed: see above, check the network and the npm registry, and try again.');
}

/** The npm that runs us, or the one on the path, as a program and its first words. */
export function npmCommand() {
  return process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
}

/** npm leaves a list of what it installed, as its last step; an interrupted install leaves none. */
function isInstalled() {
  const packages = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  try {
    const wanted = packages('package-lock.json');
    const found = packages('node_modules/.package-lock.json');
    const same = (name) =>
      wanted[name]?.version === found[name]?.version && wanted[name]?.integrity === found[name]?.integrity;
    return (
      Object.keys(found).every(same) &&
      Object.keys(wanted).every((name) => name === '' || wanted[name].optional || same(name)) &&
      existsSync(join(root, 'node_modules/@esbuild', `${process.platform}-${process.arch}`))
    );
  } catch {
    return false;
  }
}

/** The path of the Node that runs the product: the locked one, or this one when it is new enough. */
export function node24() {
  const locked = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(locked) && spawnSync(locked, ['--version']).status === 0) return locked;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return giveUp(
    `There is no Node 24 for ${process.platform}-${process.arch} among the packages: install Node 24 (https://nodejs.org) and try again.`,
  );
}

const server = { platform: 'node', target: 'node22', format: 'esm', packages: 'external', sourcemap: true };
const browser = { platform: 'browser', target: 'es2020', format: 'iife', minify: true };
const page = { jsx: 'automatic', jsxImportSource: 'preact' };

/** The esbuild options of everything built: programs for the server, and small scripts that make pages nicer. */
export function builds(programs = { main: 'src/main.ts', cli: 'src/cli.ts' }) {
  const shared = { absWorkingDir: root, bundle: true, write: false, logLevel: 'warning', ...page };
  const present = Object.entries(programs).filter(([, file]) => existsSync(join(root, file)));
  return [
    { ...shared, ...server, entryPoints: Object.fromEntries(present), outdir: 'dist' },
    { ...shared, ...browser, entryPoints: clientScripts(), outdir: 'dist/assets' },
  ].filter((options) => Object.keys(options.entryPoints).length > 0);
}

function clientScripts() {
  const web = join(root, 'src/web');
  const files = existsSync(web)
    ? readdirSync(web, { recursive: true }).filter((file) => /\.client\.tsx?$/.test(file))
    : [];
  return Object.fromEntries(files.map((file) => [basename(file).replace(/\.client\.tsx?$/, ''), join(web, file)]));
}

/** Writes what changed, each file in one step, so that a running product never reads half of one. */
export function keep(outputs) {
  for (const { path, contents } of outputs) {
    if (existsSync(path) && readFileSync(path).equals(contents)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
}

/** Builds into dist/; well under a second, so it is done every time. */
export async function build(programs) {
  const { build: run } = await import('esbuild');
  try {
    for (const options of builds(programs)) keep((await run(options)).outputFiles);
  } catch {
    giveUp('The build failed: see above.');
  }
}

/** Runs a built program in this terminal and ends as it ends. */
export function runToTheEnd(program, args = []) {
  const child = spawn(node24(), ['--enable-source-maps', join(root, 'dist', program), ...args], { stdio: 'inherit' });
  forwardSignals(child);
  stopWithNpm(child);
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
  return child;
}

/** A signal to npm ends npm and its shell, and stops there: when they are gone, the program is told. */
function stopWithNpm(child) {
  const parent = process.ppid;
  const check = () => process.ppid !== parent && child.kill('SIGTERM');
  if (process.env.npm_lifecycle_event) setInterval(check, 250).unref();
}

/**
 * Ctrl-C in a terminal reaches the whole group, so the child has had it: it is passed on only if the child still lives
 * after a while. A signal sent to us alone is passed on at once. npm may repeat a signal; repeats are dropped.
 */
export function forwardSignals(child) {
  let last = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (Date.now() - last < 3000) return;
      last = Date.now();
      const had = signal === 'SIGINT' && process.stdin.isTTY;
      const pass = () =>
        child.exitCode === null &&
        child.signalCode === null &&
        child.kill(signal === 'SIGINT' && !had ? 'SIGINT' : 'SIGTERM');
      if (had) setTimeout(pass, 10_000).unref();
      else pass();
    });
}
