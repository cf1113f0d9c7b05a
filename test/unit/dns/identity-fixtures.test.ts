import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBy, gradeMail, namesOf } from './grading.ts';

const folder = new URL('../../fixtures/identity/', import.meta.url);
const readJson = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
type Expected = { readonly grade: string; readonly from: string; readonly why: string };
const expected = Object.entries(readJson('expected.json') as Record<string, Expected>);
const check = checkBy(namesOf(readJson('names.json')));
const read = (name: string) => readFileSync(new URL(`${name}.eml`, folder));

describe('mails of forged and confusing identity', () => {
  it('are sixty at least that must not be verified, each with what is expected of it', () => {
    expect(expected.filter(([, one]) => one.grade !== 'verified').length).toBeGreaterThanOrEqual(60);
    const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
    expect(files.map((name) => name.slice(0, -4)).sort()).toEqual(expected.map(([name]) => name).sort());
  });

  it.each(expected)('%s', async (name, { grade, from }) => {
    const facts = await gradeMail(read(name), check);
    expect({ grade: facts.grade, from: facts.from.kind }).toEqual({ grade, from });
    if (from !== 'one') expect(facts.grade).toBe('failed');
  });

  it('are never another person than they are: no look-alike is the address of a contact', async () => {
    for (const [name] of expected.filter(([one]) => /kelvin|cyrillic|full-width|eight-bit-local|soft|zero/.test(one))) {
      const { from } = await gradeMail(read(name), null);
      expect(from.kind === 'one' && ['ada@aldous.example', 'kim@aldous.example'].includes(from.address), name).toBe(
        false,
      );
    }
  });
});
