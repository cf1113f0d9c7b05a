/** Templates by command: shown as files, checked, put, and listed with who changed them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { templatesFolder } from '../../../src/runtime/templates.ts';
import { key } from '../../support/app.ts';
import { remove, scratch } from '../../support/process.ts';
import { postern as typed } from '../../support/processes/typed-here.ts';
import { freshDatabase } from '../../support/servers/postgres.ts';

const folder = scratch('templates-cli');
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
    { HOME: process.env.HOME ?? '', DATABASE_URL: database.url, SECRET_KEY: key, NO_COLOR: '1' },
    'template',
    ...words,
  );
const shipped = readFileSync(join(templatesFolder, 'en', 'case-left.md'), 'utf8');
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

it('is shown as the file that it came from, checked, put and listed', async () => {
  expect((await postern('show', 'en', 'case-left')).out).toBe(shipped);
  const polite = file('polite.md', shipped.replace('Kind regards', 'With best wishes'));
  expect(await postern('check', 'en', 'case-left', polite)).toMatchObject({
    code: 0,
    out: 'polite.md: it checks, on examples.\n',
  });
  const broken = file('broken.md', `${shipped}\n{{ nobody }}\n`);
  const wrong = await postern('check', 'en', 'case-left', broken);
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringMatching(/broken\.md: Line \d+: \{\{ nobody \}\} is no/)]);
  expect((await postern('put', 'en', 'case-left', broken, '--why', 'tried')).err).toMatch(
    /Not saved, one thing is wrong/,
  );
  expect((await postern('put', 'en', 'case-left', polite, '--why', 'tried', '--dry-run')).out).toMatch(
    /Nothing was written/,
  );
  expect((await postern('list', '--changed')).out).toBe('No template was changed here.\n');
  expect(await postern('put', 'en', 'case-left', polite, '--why', 'The team asked')).toMatchObject({
    code: 0,
    err: '',
  });
  expect((await postern('show', 'en', 'case-left')).out).toContain('With best wishes');
  expect((await postern('show', 'en', 'case-left', '--shipped')).out).toBe(shipped);
  expect((await postern('list', '--changed')).out).toMatch(/en\/case-left +changed here .*command/);
  expect(JSON.parse((await postern('list', '--changed', '--json')).out)).toMatchObject({
    language: 'en',
    from: 'changed',
  });
});

it('that is none is said', async () => {
  expect((await postern('show', 'en', 'case-lost')).err).toContain('There is no template en/case-lost');
  expect((await postern('check', 'en', 'case-left', 'nowhere.md')).err).toContain('nowhere.md: there is no such file');
  expect((await postern('list', '--language', 'pt')).out).toContain('There are no letters in “pt”');
});
