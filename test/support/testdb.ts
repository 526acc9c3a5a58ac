import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, openDb } from '../../src/platform/db.ts';
import { openLog } from '../../src/platform/log.ts';
import { atEnd } from './endings.ts';

/** A fresh, migrated, empty database, gone after the test file. */
export async function testDatabase(options: { role?: string; max?: number } = {}): Promise<Db> {
  const db = openDb({ url: await testDatabaseUrl(), log: openLog('silent'), max: 4, ...options });
  atEnd(() => db.end());
  return db;
}

/** The address of such a database, for what opens its own connections. */
export function testDatabaseUrl(): Promise<string> {
  return cloneOf(inject('templateUrl'));
}

/** The address of a database with the demo county in it, and the folder of the keys that fit it, both for the test file alone. */
export async function countyDatabase(): Promise<{ url: string; data: string }> {
  const { url, data } = inject('county');
  const own = await mkdtemp(join(tmpdir(), 'tongban-county-'));
  atEnd(() => rm(own, { recursive: true, force: true }));
  await cp(data, own, { recursive: true });
  return { url: await cloneOf(url), data: own };
}

async function cloneOf(templateUrl: string): Promise<string> {
  const address = new URL(templateUrl);
  const template = address.pathname.slice(1);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template ${template}`);
  atEnd(() => onServer(`drop database if exists ${name} with (force)`));
  address.pathname = `/${name}`;
  return address.href;
}

/** The address of a database nothing was ever made in. */
export async function emptyDatabaseUrl(): Promise<string> {
  const address = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template template0`);
  atEnd(() => onServer(`drop database if exists ${name} with (force)`));
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
