import type { Config } from '../../src/platform/config.ts';

/** The settings of a product with the demo county and no past, on a folder and a database. */
export function demoConfig(data: string, databaseUrl: string): Config {
  return {
    ...{ port: 0, host: '127.0.0.1', data, databaseUrl, demo: true, demoCases: 0 },
    ...{ region: '360121', logLevel: 'silent', secure: false, suite: 'aes-256-gcm' },
  };
}
