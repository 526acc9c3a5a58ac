import { join } from 'node:path';
import { openApp } from './app.ts';
import { fillWithPast } from './demo/past.ts';
import { openHouse } from './house.ts';
import { openDatabase } from './platform/database.ts';
import { openLog, readConfig, startRounds } from './platform/door.ts';
import { roundsOf } from './rounds.ts';
import { repositoryRoot } from './web/root.ts';

/** Starts everything in order, says when it is ready, and closes it in the opposite order. */
async function main(): Promise<void> {
  const root = repositoryRoot();
  const config = readConfig(process.env, root);
  const log = openLog(config.logLevel);
  await refuseTakenPort(config.host, config.port);
  closeOnSignal();
  const database = await openDatabase({
    config,
    migrations: join(root, 'migrations'),
    log,
    onDeath: () => fail(new Error('the database stopped by itself')),
  });
  opened.push(() => database.stop());
  const clock = () => new Date();
  const house = await openHouse({ config, url: database.url, root, log, clock });
  opened.push(() => house.close());
  if (config.demo) await fillWithPast(house, say);
  const app = await openApp(house);
  const rounds = startRounds({ db: house.db, log, clock, rounds: roundsOf(house) });
  opened.push(
    () => rounds.stop(),
    () => app.close(),
  );
  const address = await app.listen({ host: config.host, port: config.port });
  say(`Tongban is ready at ${address}`);
}

/** What is open so far, in the order it was opened. */
const opened: (() => Promise<void>)[] = [];
let closing: Promise<void> | undefined;

/** From the first moment on: a first start takes a while, and the database is a process of its own that must not be left. */
function closeOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) return;
      say('Closing …');
      closing = closeAll();
      closing.then(
        () => process.exit(0),
        (error) => fail(error as Error),
      );
    });
  }
}

async function closeAll(): Promise<void> {
  for (const close of opened.toReversed()) await close();
}

/** A taken port is said before a database is started for nothing. */
async function refuseTakenPort(host: string, port: number): Promise<void> {
  const { createServer } = await import('node:net');
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
      .once('error', (error: NodeJS.ErrnoException) => {
        const taken = error.code === 'EADDRINUSE';
        reject(
          new Error(taken ? `Port ${port} is taken. Choose another one: PORT=${port + 1} npm start` : error.message),
        );
      })
      .listen({ host, port }, () => probe.close(() => resolve()));
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(error: Error): never {
  process.stderr.write(`Tongban stopped: ${error.message}\n`);
  process.exit(1);
}

main().catch((error) => {
  // What was under way when it was told to close fails, and is no failure.
  if (!closing) fail(error);
});
