import { join } from 'node:path';
import type { Config } from './config.ts';
import { startEmbedded } from './embedded.ts';
import type { Log } from './log.ts';
import { migrate } from './migrate.ts';

/** The database of this node, brought to today's shape: the embedded one, or a server of one's own. */
export async function openDatabase(options: {
  config: Config;
  migrations: string;
  log: Log;
  onDeath: () => void;
}): Promise<{ url: string; stop(): Promise<void> }> {
  const { config, migrations, log, onDeath } = options;
  const own = { url: config.databaseUrl ?? '', stop: async () => undefined };
  const server = config.databaseUrl
    ? own
    : await startEmbedded({ folder: join(config.data, 'postgres'), log, onDeath });
  try {
    await migrate(server.url, migrations, log);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
