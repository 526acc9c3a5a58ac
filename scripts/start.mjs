// npm start: install, build, run the product until it is told to stop.
import { build, ensureInstalled, runToTheEnd } from './setup.mjs';

ensureInstalled();
await build();
runToTheEnd('main.js');
