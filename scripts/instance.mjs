// An instance of the product to be attacked, on loopback, gone afterwards.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, node24, root } from './setup.mjs';

/** A demonstration on a free port with a folder of its own, gone afterwards. */
export async function startInstance() {
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'tongban-security-'));
  spawnSync('chmod', ['755', folder]); // started by root, PostgreSQL runs as another user
  const env = {
    ...process.env,
    DATABASE_URL: '',
    TONGBAN_DEMO: 'on',
    TONGBAN_DEMO_CASES: '60',
    TONGBAN_DATA: folder,
    PORT: String(await freePort()),
  };
  const child = spawn(node24(), ['--enable-source-maps', join(root, 'dist/main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`the instance ended with ${code}`)));
    child.stdout.on('data', (data) => {
      said += data;
      const [, address] = /ready at (http:\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => {
        rmSync(folder, { recursive: true, force: true });
        resolve();
      });
      child.kill('SIGTERM');
    });
  return { url, stop };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
