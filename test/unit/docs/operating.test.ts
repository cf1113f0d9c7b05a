/** docs/operating.md says what runs when and what is kept how long, as the code has it. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '../../../src/runtime/app.ts';
import { parts } from '../../../src/store/upkeep/erasure/parts.ts';
import { keptTables } from '../../../src/upkeep/kept-tables.ts';
import { retained, retentionKinds, retentionPolicySchema, sayPeriod } from '../../../src/upkeep/retention.ts';
import { clockJobs } from '../../../workers/clock-jobs.ts';

const home = resolve(import.meta.dirname, '../../..');
const page = readFileSync(resolve(home, 'docs/operating.md'), 'utf8');

/** Rows behind a heading, by their first cell. */
function tableBehind(heading: string): string[] {
  const lines = page.slice(page.indexOf(heading)).split('\n').slice(2);
  return lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('|')),
  );
}

describe('docs/operating.md', () => {
  it('has every job of the clock, when it runs and what it does', () => {
    const jobs = clockJobs({ settings: {} } as App);
    const rows = jobs.map(({ name, every, does }) => `| \`${name}\` | ${every / 1000} s | ${does} |`);
    expect(tableBehind('| Job | Every | Does |')).toEqual(rows);
  });
  it('has every kind of what is kept, how long, and what goes', () => {
    const { retention } = retentionPolicySchema.parse({});
    const rows = retentionKinds.map(
      (kind) => `| \`${kind}\` | ${sayPeriod(kind, retention)} | ${retained[kind].goes} |`,
    );
    expect(tableBehind('| Kind | Kept | What goes |')).toEqual(rows);
  });
});

describe('src/upkeep/kept-tables.ts', () => {
  const migrations = resolve(home, 'src/store/migrations');
  const text = readdirSync(migrations)
    .map((name) => readFileSync(resolve(migrations, name), 'utf8'))
    .join('\n');
  const made = [...text.matchAll(/^ *create table (?:if not exists )?([a-z_]+)/gm)].map(([, name = '']) => name);
  const dropped = [...text.matchAll(/^ *drop table (?:if exists )?([a-z_]+)/gm)].map(([, name = '']) => name);
  const tables = made.filter((name) => !dropped.includes(name));

  it('says of every table how long its rows are kept and why', () => {
    const unsaid = tables.filter((name) => !(name in keptTables));
    expect(unsaid, 'say in src/upkeep/kept-tables.ts how long rows of a new table are kept (POLICY §11.5)').toEqual([]);
    expect(Object.keys(keptTables).filter((name) => !tables.includes(name))).toEqual([]);
    for (const [name, { goes, stays }] of Object.entries(keptTables))
      expect(goes.length > 0 || stays, name).toBeTruthy();
  });
  it('names every kind that goes', () => {
    const named = new Set(Object.values(keptTables).flatMap(({ goes }) => goes));
    // Of rows that another kind has already.
    expect(retentionKinds.filter((kind) => !named.has(kind))).toEqual(['erased-texts']);
  });
  it('says of every table why no erased person is looked for there, or a part does', () => {
    const searched = new Set(parts.map(({ table }) => table));
    const unsaid = Object.entries(keptTables).filter(
      ([name, { nobody }]) => searched.has(name) === (nobody !== undefined),
    );
    expect(
      unsaid.map(([name]) => name),
      'add a part to src/store/upkeep/erasure/parts.ts, or say `nobody` in src/upkeep/kept-tables.ts',
    ).toEqual([]);
  });
});
