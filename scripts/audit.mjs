// Known weaknesses of the packages the product runs with, when the registry says any.
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

/** What `npm audit` found from high upwards, in lines; `said` when the registry does not answer that question. */
export function audit() {
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const args = [
    ...npm.slice(1),
    'audit',
    '--omit=dev',
    '--audit-level=high',
    '--json',
    '--fetch-timeout=20000',
    '--fetch-retries=0',
  ];
  const done = spawnSync(npm[0], args, { cwd: root, encoding: 'utf8', timeout: 60_000 });
  const answer = read(done.stdout);
  if (!answer?.metadata?.vulnerabilities) return { said: 'the registry does not offer advisories here', found: [] };
  const found = Object.values(answer.vulnerabilities ?? {}).filter(({ severity }) =>
    ['high', 'critical'].includes(severity),
  );
  return { found: found.map(({ name, severity, range }) => `${name} ${range}: ${severity}`) };
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
