/** What the letters upon the mails of test/fixtures/mail say, whatever the mail. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findPins } from '../../../src/mail/pin-reader/pin-reader.ts';
import { pins, play } from '../../support/world.ts';

const stories = readdirSync(new URL('../../fixtures/mail/', import.meta.url))
  .filter((name) => name.endsWith('.eml'))
  .map((name) => name.slice(0, -'.eml'.length));

it('§3 letters name a PIN only where it was asked for', async () => {
  let shown = 0;
  for (const story of stories) {
    const { decision } = await play(story);
    for (const { template, values } of decision.letters) {
      const said = Object.values(values).filter((value) => typeof value === 'string');
      if (template === 'command-pin') shown += pins.filter((one) => said.includes(one.pin)).length;
      else expect(said.flatMap(findPins), `${story}: ${template}`).toEqual([]);
    }
  }
  expect(shown).toBeGreaterThan(2);
}, 60_000);
