import { type Db, holderOf, openVault, type SuiteName, type Vault } from '../../src/platform/door.ts';

export const testMaster = Buffer.from(Array.from({ length: 32 }, (_, at) => at));

/** A vault on a test's database, under a master key every test knows. */
export function testVault(db: Db, suite: SuiteName = 'aes-256-gcm'): Promise<Vault> {
  return openVault({ db, holder: async () => holderOf(testMaster, suite), suite });
}
