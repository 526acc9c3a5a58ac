import { hash } from 'node:crypto';

/** SHA-256, the one hash of the log. */
export const sha256 = (bytes: Uint8Array | string): Uint8Array => hash('sha256', bytes, 'buffer');
export const sha256Hex = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');
