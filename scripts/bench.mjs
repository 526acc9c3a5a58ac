// npm run bench: measure on a database of its own, print the table, write bench.json.
import { build, ensureInstalled, runToTheEnd } from './setup.mjs';

ensureInstalled();
await build({ main: 'src/main.ts', cli: 'src/cli.ts', bench: 'bench/bench.ts' });
runToTheEnd('bench.js', process.argv.slice(2));
