import { join } from 'node:path';
import type { Config } from './config.ts';
import { startEmbedded } from './embedded.ts';
import { runningEmbedded } from './embedded-join.ts';
import type { Log } from './log.ts';
import { migrate } from './migrate.ts';

/** The database of this node, brought to today's shape: the embedded one, or a server of one's own. */
export async function openDatabase(options: {
  config: Config;
  migrations: string;
  log: Log;
  onDeath: () => void;
  /** A command: works beside a running Tongban when there is one, instead of asking to stop it. */
  beside?: boolean;
  /** Left in the shape it has: for backups, which come before an upgrade, and for a restore into an empty one. */
  asItIs?: boolean;
}): Promise<{ url: string; stop(): Promise<void> }> {
  const { config, migrations, log, onDeath } = options;
  const folder = join(config.data, 'postgres');
  const running = config.databaseUrl ?? (options.beside ? await runningEmbedded(folder, log) : undefined);
  const server = running
    ? { url: running, stop: async () => undefined }
    : await startEmbedded({ folder, log, onDeath });
  try {
    if (!options.asItIs) await migrate(server.url, migrations, log);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
