/** Every mail of test/fixtures/mail, asked why: each rule before the one that applied says what the mail lacks for it. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quotesPrivilegedPin } from '../../../../src/foundation/pin-form.ts';
import { rules } from '../../../../src/intake/decide.ts';
import { nothingKnown } from '../../../../src/intake/why/lacking.ts';
import { rulesInWords, type Why, why } from '../../../../src/intake/why/why.ts';
import { nowFor, play, policy, settings } from '../../../support/world.ts';

const folder = new URL('../../../fixtures/mail/', import.meta.url);
const stories = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -'.eml'.length))
  .sort();

async function whyOf(story: string): Promise<Why> {
  const { mail, facts } = await play(story);
  const senderAuth = settings[story]?.senderAuth ?? policy.desk.senderAuth;
  return why(mail, facts, { ...policy, desk: { ...policy.desk, senderAuth } }, nowFor(mail));
}

it('names every rule, in the order in which they are asked', () => {
  expect(rulesInWords.map(({ rule }) => rule)).toEqual(rules);
});

it('says of every rule what it is about, once', () => {
  const abouts = rulesInWords.map(({ about }) => about);
  expect(new Set(abouts).size).toBe(abouts.length);
});

describe('of every story', () => {
  it('says what is lacking for each rule before the one that applied, and tells no secret', async () => {
    const vague: string[] = [];
    for (const story of stories) {
      const { passed } = await whyOf(story);
      for (const { lacks, about } of passed) {
        if (lacks === nothingKnown || lacks.includes('undefined') || !/^[\p{Lu}].*\.$/u.test(lacks))
          vague.push(`${story}: ${about.join(', ')}: ${lacks}`);
        expect(quotesPrivilegedPin(lacks), `${story}: ${lacks}`).toBe(false);
      }
    }
    expect(vague).toEqual([]);
    // Every story of the corpus by every rule.
  }, 120_000);
});
