/** A function that stands in databases is never changed under its name: workers that run call it. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { functions } from '../../../src/store/functions.ts';
import { migrations } from '../../../src/store/migrations/index.ts';

/** The text that a name stands for. Another text takes the next number and a migration `NNNN-functions`; then write its hash here. */
const made: Readonly<Record<string, string>> = {
  'apply_decisions:90': '910ad7507edbd944',
  'refuse_change:all': '5d7c2819ad925d99',
  'store_mails:25': 'b76beb7203ec890b',
  'tell_webhooks:90': '42959e909526f9be',
};

/** Comments do nothing in a database. */
const hashOf = (text: string) =>
  createHash('sha256')
    .update(text.replace(/^--.*\n/gm, ''))
    .digest('hex')
    .slice(0, 16);

it('a function whose text has changed has a new number', () => {
  const now = [...functions.values()].map(({ name, number, text }) => [`${name}:${number ?? 'all'}`, hashOf(text)]);
  expect(Object.fromEntries(now)).toEqual(made);
});

it('the number of each function is that of a migration which makes it', () => {
  for (const { name, number } of functions.values())
    if (number !== null)
      expect(Object.keys(migrations), name).toContain(`${String(number).padStart(4, '0')}-functions`);
});
