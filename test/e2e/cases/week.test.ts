/** A week of a desk, as its ledger has it (test/fixtures/week): five sites in four zones, eight engineers who answer by mail. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { letterText } from '../../../src/outbound/rendering/letter-text.ts';
import { type SimulatedWeek, startWeek } from '../../support/clock/simulated-week.ts';
import { importFile, lettersOf, outcomeOf, play } from '../../support/week/play.ts';
import { difference, folder, type Ledger, readLedger, readStory } from '../../support/week/read-files.ts';

// One file of the story: WEEK=aldous.
const parts = process.env.WEEK?.split(',') ?? [];
const steps = readStory(...parts);
const ledger = readLedger(steps, ...parts);

let week: SimulatedWeek;
let found: Ledger;
let faults: string[];
beforeAll(async () => {
  week = await startWeek('2026-03-27T08:00:00Z', {
    POSTERN_CONFIG: fileURLToPath(new URL('postern.yaml', folder)),
    SUPPORT_ADDRESS: 'support@desk.example',
  });
  await importFile(week, 'registry.yaml');
  faults = await play(week, steps);
  await week.pass('2026-04-04T00:00:00Z');
  found = await outcomeOf(week, steps);
}, 300_000);
afterAll(() => week.stop());

it('plays to its end', () => {
  expect(faults).toEqual([]);
  if (parts.length === 0) expect(steps.filter(({ does }) => does === 'mail').length).toBeGreaterThan(200);
});

it.each(['outcomes', 'letters', 'cases', 'events'] as const)('has the %s of the ledger, and no others', (kind) => {
  expect(difference(found[kind], ledger[kind])).toEqual({ missing: [], unexpected: [] });
});

it.skipIf(parts.length > 0)('writes to each site in its language', async () => {
  const rows = await week.query<{ site: string; language: string }>(
    `select distinct split_part(to_address, '@', 2) as site, language from letters where template <> 'neutral-receipt' order by 1`,
  );
  expect(
    rows.filter(({ site }) => site !== 'elsewhere.example').map(({ site, language }) => `${site} ${language}`),
  ).toEqual([
    'aldous.example en',
    'aoki.example ja',
    'brandt.example de',
    'carver.example en',
    'desk.example en',
    'dumont.example fr',
  ]);
});

it.skipIf(parts.length > 0)('sends customers what was written for them, and nothing else', async () => {
  const texts = (await lettersOf(week))
    .filter(({ to_address }) => !to_address.endsWith('@desk.example'))
    .map(({ raw }) => letterText(raw));
  const holding = (words: string) => texts.filter((text) => text.includes(words)).length;
  // An answer to two people; a note; what was stopped; the notification's own words.
  expect(holding('Yes, one run for each data centre, in any order.')).toBe(2);
  for (const words of [
    'the fix is in review',
    'in that of the server',
    'Please write your reply above this line',
    'TAEK',
  ])
    expect(holding(words), words).toBe(0);
});
