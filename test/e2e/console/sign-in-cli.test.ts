/** The command line lets the first admin in: added, and a link made. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { key } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const folder = scratch('sign-in-cli');
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  remove(folder);
});
const postern = (...words: string[]) =>
  typed(
    folder,
    {
      ...{ HOME: process.env.HOME ?? '', DATABASE_URL: database.url, SECRET_KEY: key, NO_COLOR: '1' },
      PUBLIC_URL: 'https://postern.desk.example',
    },
    ...words,
  );

it('makes a link for who is one of our people, and says how somebody becomes one', async () => {
  const none = await postern('staff', 'sign-in', 'kim@desk.example');
  expect(none.code).toBe(1);
  expect(none.err).toContain('postern staff add kim@desk.example --name');
  await postern('staff', 'add', 'kim@desk.example', '--name', 'Kim Oster', '--role', 'admin');
  const made = await postern('staff', 'sign-in', 'Kim@Desk.example');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).toMatch(
    /^https:\/\/postern\.desk\.example\/sign-in\/link\/[\w-]{43}\nIt signs Kim Oster in, once, within 10 minutes\./,
  );
  expect(JSON.parse((await postern('staff', 'sign-in', 'kim@desk.example', '--json')).out)).toMatchObject({
    name: 'Kim Oster',
    minutes: 10,
  });
  expect((await postern('staff', 'sign-in', 'kim')).err).toContain('It is no e-mail address.');
});

it('lists who is signed in, and signs them out', async () => {
  expect((await postern('staff', 'sessions')).out).toBe('Nobody is signed in.\n');
  expect((await postern('staff', 'sign-out', 'kim@desk.example')).err).toContain('is signed in nowhere');
});
