import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The README of a room is read instead of the room, so it is held to what is in it. */
const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');
const rooms = readdirSync(source).filter((entry) => statSync(join(source, entry)).isDirectory());
const readmeOf = (room: string) => readFileSync(join(source, room, 'README.md'), 'utf8');

/** What a text sets as code. */
const named = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);

/** The part of a README under a heading that begins so; all of it when it has no such heading. */
function under(heading: string, text: string): string {
  return text.split(/^## /m).find((part) => part.startsWith(heading)) ?? text;
}

describe('the README of a room', () => {
  test.each(rooms)('%s names every file and folder of it, because what is not named is not looked for', (room) => {
    const folder = join(source, room);
    const known = named(readmeOf(room));
    const parts = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) return [`${entry.name}/`];
      return /(?<!\.test)\.tsx?$/.test(entry.name) && entry.name !== 'door.ts' ? [entry.name] : [];
    });
    const globs = known.filter((name) => name.includes('*')).flatMap((glob) => globSync(glob, { cwd: folder }));
    expect(parts.filter((part) => ![...known, ...globs].includes(part))).toEqual([]);
  });

  test.each(rooms)('%s names no file that is not there', (room) => {
    const files = named(readmeOf(room)).filter((name) => /^[\w./*-]+\.tsx?$/.test(name));
    const isThere = (name: string) => [join(source, room), source].some((cwd) => globSync(name, { cwd }).length > 0);
    expect(files.filter((name) => !isThere(name))).toEqual([]);
  });

  test('names every table of its schema, and no other', () => {
    const migrations = globSync('migrations/*.sql', { cwd: root }).map((file) =>
      readFileSync(join(root, file), 'utf8'),
    );
    const made = migrations.flatMap((sql) => [...sql.matchAll(/create table (?:if not exists )?(\w+\.\w+)/g)]);
    const tables = made.map(([, table = '']) => table);
    expect(new Set(tables.map((table) => table.split('.')[0])).size).toBeGreaterThan(5);
    for (const room of rooms) {
      const own = tables.filter((table) => table.startsWith(`${room}.`));
      const known = named(under('Tables', readmeOf(room)));
      const bare = (table: string) => table.slice(room.length + 1);
      expect(
        own.filter((table) => !known.includes(table) && !known.includes(bare(table))),
        room,
      ).toEqual([]);
      // Rooms are named with a dot only where a table of theirs is meant, perhaps with one of its columns.
      const meant = named(readmeOf(room)).flatMap((name) => /^(\w+\.\w+)(?:\.\w+)?$/.exec(name)?.[1] ?? []);
      const ofRoom = meant.filter((name) => name.startsWith(`${room}.`) && !name.endsWith('.ts'));
      expect(
        ofRoom.filter((name) => !tables.includes(name)),
        room,
      ).toEqual([]);
    }
  });

  test('of cases lists every event, and no other', () => {
    const listed = named(under('Events', readmeOf('cases'))).filter((name) => /^[a-z-]+$/.test(name));
    expect(listed.sort()).toEqual(eventsOfCases().sort());
  });
});

test('the README of the bench names every file of it, and no other', () => {
  const readme = readFileSync(join(root, 'bench/README.md'), 'utf8');
  const listed = named(readme).filter((name) => /^[\w-]+\.ts$/.test(name));
  expect(listed.sort()).toEqual(globSync('*.ts', { cwd: join(root, 'bench') }).sort());
});

test('the glossary has a word for everything that happens to a case', () => {
  const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
  // Either the event itself, or the act it comes from: `branch-decided` from `decide`, `withdrawn` from `withdraw`.
  const act = (event: string) => event.replace(/^branch-/, '').replace(/(t?ed|n)$/, '');
  const missing = eventsOfCases().filter(
    (event) => !glossary.includes(`\`${event}\``) && !glossary.includes(`\`${act(event)}`),
  );
  expect(missing).toEqual([]);
});

/** The types of `CaseEvent`, as the code lists them. */
function eventsOfCases(): string[] {
  const code = readFileSync(join(source, 'cases/case.ts'), 'utf8');
  const [union = ''] = /export type CaseEvent =[\s\S]*?;\n(?=\n|export)/.exec(code) ?? [];
  const events = [...union.matchAll(/\btype: '([a-z-]+)'/g)].map(([, event = '']) => event);
  expect(events.length).toBeGreaterThan(10);
  return events;
}
