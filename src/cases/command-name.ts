import { createHash } from 'node:crypto';

/**
 * What a command is known by on its case, always of the same length. Ids are whatever their senders make them: one counts
 * for who sent it and what they wished, so that no act is taken for done because another came under the same id. Pure.
 */
export function commandName(by: string, wish: string[], id: string): string {
  return createHash('sha256')
    .update(JSON.stringify([by, wish, id]))
    .digest('base64url');
}
