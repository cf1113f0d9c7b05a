/** What is kept, who is erased and what runs when, on the command line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { key, registrySql } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const folder = scratch('upkeep-cli');
let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;
beforeAll(async () => {
  database = await freshDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(registrySql);
  await client.query(`
    insert into mails (arrived_at, door, door_name, sha256, size, from_address, subject, facts, state, outcome, reason)
    values (now() - interval '25 months', 'hand', 'test', sha256('a'), 1, 'max@aldous.example', 'It stops',
      '{"text": "It stops"}', 'decided', 'refused', 'so it was');
    insert into mail_bytes (mail_id, raw) select id, 'Subject: It stops' from mails`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
  remove(folder);
});

const postern = (...words: string[]) =>
  typed(folder, { HOME: process.env.HOME ?? '', DATABASE_URL: database.url, SECRET_KEY: key, NO_COLOR: '1' }, ...words);

it('retention says what would go, and run deletes it', async () => {
  const listed = await postern('retention');
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toMatch(/^mails-without-case +24 months after the arrival +1 /m);
  expect((await postern('retention', '--json')).out.split('\n')[0]).toContain('"kind":"mails"');
  const shown = await postern('retention', 'run', '--dry-run');
  expect(shown.out).toMatch(/^Nothing was deleted\. It would come to this:\n {2}mails-without-case: 1 /);
});

it('a person is exported into a folder that is free, and then erased, once', async () => {
  expect(await postern('contact', 'export', 'nobody@elsewhere.example', '--to', 'nobody')).toMatchObject({
    code: 1,
    err: 'Nothing is held of nobody@elsewhere.example.\n',
  });
  expect(existsSync(join(folder, 'nobody'))).toBe(false);
  const exported = await postern('contact', 'export', 'm.ernst@aldous.example', '--to', 'max');
  expect(exported).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(join(folder, 'max', 'mails'))).toHaveLength(1);
  const person = JSON.parse(readFileSync(join(folder, 'max', 'person.json'), 'utf8'));
  expect(person.contacts[0]).toMatchObject({ name: 'Max Ernst', site: '1000345' });
  expect((await postern('contact', 'export', 'max@aldous.example', '--to', 'max')).err).toContain(
    'is not an empty folder',
  );

  const shown = await postern('contact', 'erase', 'max@aldous.example', '--dry-run');
  expect(shown.out.replaceAll(/\s+/g, ' ')).toContain('What is held of max@aldous.example is erased: 1 of their mails');
  expect((await client.query('select from contacts')).rowCount).toBe(2);
  const done = await postern('contact', 'erase', 'max@aldous.example');
  expect(done).toMatchObject({ code: 0, err: '' });
  const { rows } = await client.query('select subject, facts, from_address from mails');
  expect(rows).toEqual([
    { subject: null, facts: null, from_address: expect.stringMatching(/^erased-\d+-\d@erased\.invalid$/) },
  ]);
  expect((await postern('contact', 'erase', 'max@aldous.example')).out).toBe(
    'Nothing is held of max@aldous.example.\n',
  );
  const primary = await postern('contact', 'erase', 'ada@aldous.example');
  expect(primary).toMatchObject({ code: 1, err: expect.stringContaining('is the primary of site 1000345') });
});

it('what was erased goes when it is past its time, and run says so', async () => {
  expect((await postern('retention', 'run')).out).toContain('Nothing is past its time.');
  await client.query('update mails set emptied_at = null');
  expect((await postern('retention', 'run')).out).toMatch(/^mails-without-case: 1 /);
  expect((await client.query('select from mail_bytes')).rowCount).toBe(0);
});

it('schedule shows every job of the clock, with what it last came to', async () => {
  await client.query(
    `insert into clock_runs (name, ran_at, took_ms, did, did_at) values ('sweep', '2026-11-29T11:00:00Z', 3, 7, '2026-11-29T10:00:00Z')`,
  );
  const shown = await postern('schedule');
  expect(shown).toMatchObject({ code: 0, err: '' });
  expect(shown.out).toMatch(/^contact-lists +stands still/m);
  expect(shown.out).toMatch(/^sweep +30 s .*7 on /m);
  expect(shown.out).toMatch(/^retention +1 min .*has not run/m);
  const lines = (await postern('schedule', '--json')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.find((one) => one.job === 'sweep')).toMatchObject({
    everySeconds: 30,
    did: 7,
    failure: null,
    next: '2026-11-29T11:00:30.000Z',
  });
});
