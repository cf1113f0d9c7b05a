/** POLICY §10.4: what the readers of letters about renewals have in their calendars, whatever becomes of the contracts. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { RenewalPerson } from '../../../src/acts/renewals/records.ts';
import { contactId, siteId, siteNumber } from '../../../src/foundation/ids.ts';
import { contractsOf, type EndingContract } from '../../../src/notices/renewals/contracts.ts';
import { isRenewed } from '../../../src/notices/renewals/renewed.ts';
import { noticeSpans } from '../../../src/notices/spans.ts';
import type { Licence, SiteFacts } from '../../../src/registry/site.ts';
import { letterDeps } from '../../support/letter-deps.ts';
import { calendarIn, readerCalendar } from '../../support/renewals/reader-calendar.ts';
import { siteLife } from '../../support/renewals/site-life.ts';
import { licence } from '../../support/renewals/sites.ts';
import { policy } from '../../support/world.ts';

const { letterBuilder } = letterDeps({} as never);
const start = '2027-01-04T10:00:00Z';
const last = '2029-12-31';
const plus = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
const people = (['Rae', 'Ada'] as const).map(
  (name, at): RenewalPerson => ({
    ...{
      id: contactId(`${at + 1}`),
      siteId: siteId('1'),
      name,
      email: `${name.toLowerCase()}@one.example`,
      aliases: [],
    },
    ...{ role: at === 1 ? 'primary' : 'authorized user', types: at === 0 ? ['renewal'] : [] },
  }),
);
const factsOf = (licences: readonly Licence[], timezone: string): SiteFacts => ({
  site: {
    ...{
      id: siteId('1'),
      number: siteNumber('1000001'),
      name: 'Größe, Söhne; & Co',
      country: 'GB',
      timezone,
      language: 'en',
    },
  },
  plans: [],
  licences,
});

/** What is done to a contract, on a day of those three years. */
const deeds = [
  'renew',
  'renew by another',
  'renew for less',
  'shorten',
  'take off the record',
  'take back the last',
] as const;
type Deed = {
  readonly on: number;
  readonly what: (typeof deeds)[number];
  readonly which: number;
  readonly leaves: boolean;
};
const deed: fc.Arbitrary<Deed> = fc.record({
  on: fc.integer({ min: 1, max: 800 }),
  what: fc.constantFrom(...deeds),
  which: fc.nat(3),
  /** What was written before has left. */
  leaves: fc.boolean(),
});
const life = fc.record({
  ends: fc.array(fc.integer({ min: 60, max: 330 }), { minLength: 1, maxLength: 4 }),
  timezone: fc.constantFrom('Europe/London', 'Pacific/Auckland', 'America/Los_Angeles'),
  done: fc.array(deed, { maxLength: 8 }),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

/** Whoever renews later than that may hear no more of it: nobody is told behind the end of a group for ever. */
const latest = 14;
/** So often the clock looks where nothing is due. */
const looksEvery = 15;

function after(
  { what, which }: Deed,
  [licences, before]: readonly [readonly Licence[], readonly Licence[]],
  today: string,
): Licence[] {
  const at = which % Math.max(1, licences.length);
  const one = licences[at];
  if (!one?.to || one.to < plus(today, -latest)) return [...licences];
  const others = licences.filter((_, i) => i !== at);
  const to = plus(one.to < today ? today : one.to, 365);
  switch (what) {
    case 'renew':
      return licences.with(at, { ...one, to });
    case 'renew by another': {
      const from = one.to < today ? today : plus(one.to, 1);
      return [...licences, { ...one, number: `${one.number}+`, from, to: plus(from, 364) }];
    }
    case 'renew for less':
      return [...licences, { ...one, number: `${one.number}-`, quantity: 1, from: plus(one.to, 1), to }];
    case 'shorten':
      return licences.with(at, { ...one, to: plus(one.to, -20) > one.from ? plus(one.to, -20) : one.to });
    case 'take off the record':
      return others;
    case 'take back the last':
      return [...licences, ...before].some(({ to }) => to && to < plus(today, -latest)) ? [...licences] : [...before];
    default:
      return what satisfies never;
  }
}

/** Lives it day by day; hands each letter that left to the calendar of its reader. */
async function lived({ ends, timezone, done }: Life) {
  let licences: readonly Licence[] = ends.map((days, at) =>
    licence(`L-${at}`, '2026-01-01', plus('2027-01-04', days), { product: `Product ${at % 3}` }),
  );
  let before = licences;
  const site = siteLife(factsOf(licences, timezone), people, start);
  site.look(start);
  const left = done.toSorted((a, b) => a.on - b.on);
  for (let now = start; ; ) {
    const due = site.nextDue();
    const [next] = left;
    const deedAt = next ? `${plus('2027-01-04', next.on)}T12:00:00Z` : null;
    const some = `${plus(now.slice(0, 10), looksEvery)}T12:00:00Z`;
    const at = [due, deedAt, some].filter((one) => one !== null).sort((a, b) => Temporal.Instant.compare(a, b))[0];
    if (!at || at.slice(0, 10) > last) break;
    now = Temporal.Instant.compare(at, now) < 0 ? now : at;
    if (next && at === deedAt) {
      left.shift();
      if (next.leaves) site.leave();
      [licences, before] = [after(next, [licences, before], now.slice(0, 10)), licences];
      site.becomes(factsOf(licences, timezone));
    } else site.leave();
    site.look(now);
  }
  site.leave();
  const calendars = new Map(people.map(({ email }) => [email, readerCalendar()]));
  for (const { id, at, letter } of site.left) {
    const { raw } = await letterBuilder.finish(letter, { id, at });
    const part = calendarIn(raw);
    if (part) calendars.get(letter.to)?.take(part.file, part.type);
  }
  return { site, licences, calendars };
}

const counted = { letters: 0, moved: 0, cancelled: 0, shown: 0 };

beforeAll(() => {
  for (const key of Object.keys(counted) as (keyof typeof counted)[]) counted[key] = 0;
});

it('a strict parser takes every one, in the order of its sequence, and no day is left that was renewed', async () => {
  await fc.assert(
    fc.asyncProperty(life, async (given) => {
      const { site, licences, calendars } = await lived(given);
      const contracts = contractsOf({ licences, plans: [] }, () => start, policy);
      for (const [email, calendar] of calendars)
        for (const [uid, day] of calendar.shown()) {
          const [, entry] = /^renewal-1000001-(.*)@desk\.example$/.exec(uid) ?? [];
          const notice = site.steps
            .flatMap((step) => step.letters.map((letter) => ({ step, letter })))
            .filter(({ letter }) => letter.entry === entry && letter.role === 'notice' && letter.to === email)
            .filter(({ letter }) => letter.state === 'sent' && letter.sequence !== null)
            .toSorted((a, b) => Number(a.letter.id) - Number(b.letter.id))
            .at(-1);
          expect(notice, uid).toBeDefined();
          // It shows the first day of what the last letter named, and something of that was not renewed.
          expect(notice?.step.items[0]?.to).toBe(day);
          // Whoever is covered again after a longer gap hears of that no more.
          const asked = plus(notice?.step.group ?? last, noticeSpans.askedDays - looksEvery);
          const open = notice?.step.items.filter(
            (item) => !isRenewed({ ...item, knownAt: start } as EndingContract, contracts, asked),
          );
          expect(open, `${uid} on ${day}, all of which is renewed`).not.toEqual([]);
          counted.shown += 1;
        }
      counted.letters += site.left.length;
      for (const { letter } of site.left) {
        if (letter.calendar?.cancelled) counted.cancelled += 1;
        else if (letter.calendar && !letter.calendar.uid.endsWith(letter.calendar.day)) counted.moved += 1;
      }
    }),
    { numRuns: Number(process.env.CALENDAR_RUNS ?? 60) },
  );
  for (const [what, times] of Object.entries(counted)) expect(times, what).toBeGreaterThan(0);
}, 120_000);
