// npm run dev: like npm start, and again after every change of code, texts, items or the demo.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { builds, ensureInstalled, keep, node24, root } from './setup.mjs';

ensureInstalled();
const { context } = await import('esbuild');
const node = node24();
const data = ['texts', 'items', 'bundles', 'elements', 'demo', 'migrations', 'rules', 'providers', 'assessments'];

let child;
let leaving = false;
let soon;

function restartSoon(why) {
  clearTimeout(soon);
  soon = setTimeout(() => restart(why), 150);
}

async function restart(why) {
  if (leaving) return;
  if (child && child.exitCode === null && child.signalCode === null) {
    console.log(`${why} changed, starting again …`);
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  child = spawn(node, ['--enable-source-maps', join(root, 'dist/main.js')], { stdio: 'inherit' });
}

const whenBuilt = {
  name: 'when-built',
  setup: (build) =>
    build.onEnd(({ errors, outputFiles }) => {
      if (errors.length > 0) return;
      keep(outputFiles);
      restartSoon('code');
    }),
};

for (const options of builds()) await (await context({ ...options, plugins: [whenBuilt] })).watch();
for (const folder of data)
  if (existsSync(join(root, folder)))
    watch(join(root, folder), { recursive: true }, (_, file) => restartSoon(`${folder}/${file}`));

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, async () => {
    if (leaving) return;
    leaving = true;
    if (child && child.exitCode === null && child.signalCode === null) {
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill('SIGTERM'); // Ctrl-C has reached it already
      await once(child, 'exit');
    }
    process.exit(0);
  });
