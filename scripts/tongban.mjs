// npm run tongban -- <command> …: the tools of an operator.
import { build, ensureInstalled, runToTheEnd } from './setup.mjs';

ensureInstalled();
await build();
runToTheEnd('cli.js', process.argv.slice(2));
