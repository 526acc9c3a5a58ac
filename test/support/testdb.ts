import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { type Db, openDb } from '../../src/platform/db.ts';
import { openLog } from '../../src/platform/log.ts';

const endings: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A fresh, migrated, empty database, gone after the test file. */
export async function testDatabase(options: { role?: string; max?: number } = {}): Promise<Db> {
  const db = openDb({ url: await testDatabaseUrl(), log: openLog('silent'), max: 4, ...options });
  endings.push(() => db.end());
  return db;
}

/** The address of such a database, for what opens its own connections. */
export async function testDatabaseUrl(): Promise<string> {
  const address = new URL(inject('templateUrl'));
  const template = address.pathname.slice(1);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template ${template}`);
  endings.push(() => onServer(`drop database if exists ${name} with (force)`));
  address.pathname = `/${name}`;
  return address.href;
}

/** The address of a database nothing was ever made in. */
export async function emptyDatabaseUrl(): Promise<string> {
  const address = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template template0`);
  endings.push(() => onServer(`drop database if exists ${name} with (force)`));
  address.pathname = `/${name}`;
  return address.href;
}

async function onServer(statement: string): Promise<void> {
  const address = new URL(inject('templateUrl'));
  address.pathname = '/postgres';
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
