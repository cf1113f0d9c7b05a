/** The long runs break the code on purpose; what they replace has to be there, which nobody would see before the next long run. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { saboteurs } from '../../long/support/saboteurs.ts';

const top = resolve(import.meta.dirname, '..', '..', '..');

it.each(saboteurs)('$name replaces text that stands in its file once', ({ changes }) => {
  for (const { file, from } of changes)
    expect(readFileSync(resolve(top, file), 'utf8').split(from), `${file}: ${from}`).toHaveLength(2);
});

it.each(saboteurs)(
  '$name changes no function of the database where it was first made: the one in force is another file',
  ({ changes }) => {
    for (const { file, from } of changes.filter((one) => one.file.startsWith('src/store/migrations/'))) {
      const [before = ''] = readFileSync(resolve(top, file), 'utf8').split(from);
      expect(before.split('$$').length % 2, `${file}: ${from}`).toBe(1);
    }
  },
);
