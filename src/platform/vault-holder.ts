import { join } from 'node:path';
import { type Config, programOf } from './config.ts';
import { openKms } from './vault-kms.ts';
import { holderOf, type KeyHolder, parseMasterKey, readMasterKey } from './vault-master.ts';

/** Who holds the master key, as it is set. `mayMake`: a new database may get a new one in a file. */
export async function keyHolder(
  { data, masterKey, kmsCommand, suite }: Pick<Config, 'data' | 'masterKey' | 'kmsCommand' | 'suite'>,
  mayMake: boolean,
): Promise<KeyHolder> {
  if (kmsCommand) return openKms(kmsCommand);
  const file = join(data, 'master.key');
  return holderOf(await readMasterKey({ file, given: masterKey, mayMake }), suite);
}

/** Who is to hold it from now on, by settings only `change-master-key` reads; nothing unless there is one of them. */
export function nextKeyHolder(
  env: Record<string, string | undefined>,
  { suite }: Pick<Config, 'suite'>,
): { holder: KeyHolder; setting: 'TONGBAN_MASTER_KEY' | 'TONGBAN_KMS_COMMAND' } | undefined {
  const key = env.TONGBAN_NEW_MASTER_KEY;
  const command = programOf('TONGBAN_NEW_KMS_COMMAND', env.TONGBAN_NEW_KMS_COMMAND);
  if (!key === !command) return undefined;
  if (command) return { holder: openKms(command), setting: 'TONGBAN_KMS_COMMAND' };
  const master = parseMasterKey(key ?? '', 'TONGBAN_NEW_MASTER_KEY');
  return { holder: holderOf(master, suite), setting: 'TONGBAN_MASTER_KEY' };
}
