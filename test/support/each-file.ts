// Runs anew for every test file, which the helpers do not: those are loaded once in each worker.
import { afterAll } from 'vitest';
import { endAll } from './endings.ts';

afterAll(endAll);
