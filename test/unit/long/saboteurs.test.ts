/** The long runs break the code on purpose; what they replace has to be there, which nobody would see before the next long run. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { saboteurs } from '../../long/saboteurs.ts';

const top = resolve(import.meta.dirname, '..', '..', '..');

it.each(saboteurs)('$name replaces text that stands in its file once', ({ changes }) => {
  for (const { file, from } of changes)
    expect(readFileSync(resolve(top, file), 'utf8').split(from), `${file}: ${from}`).toHaveLength(2);
});
