// npm run build: install, then bundle everything into dist/.
import { build, ensureInstalled } from './setup.mjs';

ensureInstalled();
await build();
