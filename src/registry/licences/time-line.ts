/** What a site has bought, over time: on which days it is covered and how, and what runs from when to when. Pure; a day is one in its zone. */
import { type Entitlement, judgeOnDay, licenceSpan, type SupportMaterial } from '../entitlement.ts';
import type { RegistryPolicy } from '../policy.ts';
import type { Licence, Plan } from '../site.ts';

type Material = Omit<SupportMaterial, 'site'>;

/** Of all days of it the same is true. */
export type Stretch = { readonly from: string; readonly to: string; readonly judged: Entitlement };

const daysAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
const earlier = (one: string, other: string): string => (one < other ? one : other);
const later = (one: string, other: string): string => (one > other ? one : other);

/** What a judgement says, whatever the day was. */
const saying = ({ day: _, ...rest }: Entitlement): string => JSON.stringify(rest);

/** Days on which a judgement may become another one: something begins, is over, or its grace is. */
function turns({ plans, licences }: Material, policy: RegistryPolicy): Set<string> {
  const found = new Set<string>();
  const spans = licences.map((licence) => licenceSpan(licence, policy));
  const graces = [0, ...Object.values(policy.graceDays).map((days) => days ?? 0)];
  for (const { from, to } of [...plans, ...spans]) {
    if (from !== null) found.add(from);
    if (from !== null && to !== null) for (const days of graces) found.add(daysAfter(to, days + 1));
  }
  return found;
}

/** Every day from the first to the last one, gathered into stretches; each is judged as a mail of that day would be that names no product. */
export function coverOver(
  material: Material,
  { from, to }: { readonly from: string; readonly to: string },
  policy: RegistryPolicy,
): Stretch[] {
  const begins = [from, ...[...turns(material, policy)].filter((day) => day > from && day <= to)].sort();
  const found: Stretch[] = [];
  for (const [i, day] of begins.entries()) {
    const next = begins[i + 1];
    const end = next === undefined ? to : daysAfter(next, -1);
    const judged = judgeOnDay(material, day, null, policy);
    const last = found.at(-1);
    if (last && saying(last.judged) === saying(judged)) found[found.length - 1] = { ...last, to: end };
    else found.push({ from: day, to: end, judged });
  }
  return found;
}

/** Support is there, be it too little. */
export const isServed = ({ kind }: Pick<Entitlement, 'kind'>): boolean =>
  kind === 'entitled' || kind === 'under-covered' || kind === 'trial';

export type Standing = {
  readonly judged: Entitlement;
  /** The last day of the time without a gap in which support is there; null: there is none today, or it ends not within the days looked at. */
  readonly until: string | null;
};

/** As it is on that day, and whether it ends within so many days. */
export function standingOn(material: Material, day: string, days: number, policy: RegistryPolicy): Standing {
  const judged = judgeOnDay(material, day, null, policy);
  if (!isServed(judged)) return { judged, until: null };
  const end = daysAfter(day, days);
  // Support is over only the day after something has ended; of most sites nothing does so soon.
  const ends = [...material.plans, ...material.licences.map((licence) => licenceSpan(licence, policy))]
    .flatMap(({ to }) => (to !== null && to >= day && to <= end ? [to] : []))
    .sort();
  const until = ends.find((to) => !isServed(judgeOnDay(material, daysAfter(to, 1), null, policy)));
  return { judged, until: until ?? null };
}

export type Bar = {
  readonly kind: 'plan' | Licence['kind'];
  readonly name: string;
  readonly quantity: number | null;
  readonly product: string | null;
  readonly serviceTag: string | null;
  /** Null: a trial that was not registered. */
  readonly from: string | null;
  /** The last day; null: no end. */
  readonly to: string | null;
};

const barOfPlan = ({ kind, from, to }: Plan): Bar => ({
  ...{ kind: 'plan', name: kind, quantity: null, product: null, serviceTag: null, from, to },
});
const barOf = (licence: Licence, policy: RegistryPolicy): Bar => ({
  ...{ kind: licence.kind, name: licence.number, quantity: licence.quantity, product: licence.product },
  serviceTag: licence.serviceTag ?? null,
  ...licenceSpan(licence, policy),
});

export type TimeLine = {
  /** First days of months, and the last day drawn. */
  readonly from: string;
  readonly to: string;
  readonly today: string;
  /** Days at which the line is lettered: firsts of months. */
  readonly ticks: readonly string[];
  readonly cover: readonly Stretch[];
  readonly bars: readonly Bar[];
  /** So many are over since before the line begins, or are more than are drawn. */
  readonly more: number;
};

const firstOfMonth = (day: string): string => `${day.slice(0, 8)}01`;
const monthsAfter = (day: string, months: number): string => Temporal.PlainDate.from(day).add({ months }).toString();

/** A past of a quarter to a year, a future of half a year to two years: as far as something begins or ends there. */
const past = { least: 3, most: 12 };
const future = { least: 6, most: 24 };
const mostTicks = 6;
const steps = [1, 2, 3, 6, 12] as const;
export const mostBars = 30;

function ticksOf(from: string, to: string): string[] {
  const months = Temporal.PlainDate.from(from).until(to, { largestUnit: 'months' }).months + 1;
  const step = steps.find((one) => months / one <= mostTicks) ?? 12;
  const found: string[] = [];
  for (let day = from; day <= to; day = monthsAfter(day, 1))
    if ((Number(day.slice(5, 7)) - 1) % step === 0) found.push(day);
  return found;
}

/** Plans first, then licences by their ends: those that never end last. */
const inOrder = (one: Bar, other: Bar): number =>
  Number(other.kind === 'plan') - Number(one.kind === 'plan') ||
  (one.to ?? '9999').localeCompare(other.to ?? '9999') ||
  one.name.localeCompare(other.name);

export function timeLineOf(material: Material, today: string, policy: RegistryPolicy): TimeLine {
  const all = [...material.plans.map(barOfPlan), ...material.licences.map((one) => barOf(one, policy))];
  const starts = all.flatMap(({ from }) => (from === null ? [] : [from]));
  const ends = all.flatMap(({ to }) => (to === null ? [] : [to]));
  const [longAgo, lately] = [monthsAfter(today, -past.most), monthsAfter(today, -past.least)];
  const [soon, farAway] = [monthsAfter(today, future.least), monthsAfter(today, future.most)];
  const lastEnd = ends.reduce(later, soon);
  const firstStart = [...starts, ...ends.filter((end) => end < today)].reduce(earlier, lately);
  const from = firstOfMonth(later(earlier(firstStart, lately), longAgo));
  // A month more: what comes after the end is what one looks for.
  const to = daysAfter(firstOfMonth(monthsAfter(earlier(lastEnd, farAway), 2)), -1);
  const seen = all.filter((bar) => bar.to === null || bar.to >= from).toSorted(inOrder);
  const bars = seen.slice(0, mostBars);
  return {
    ...{ from, to, today, ticks: ticksOf(from, to) },
    cover: coverOver(material, { from, to }, policy),
    bars,
    more: all.length - bars.length,
  };
}

/** Where a day stands on the line, in per cent from its beginning: the start of the day, or with `end` its end. */
export function placeOf({ from, to }: Pick<TimeLine, 'from' | 'to'>, day: string, end = false): number {
  const start = Temporal.PlainDate.from(from);
  const whole = start.until(to, { largestUnit: 'days' }).days + 1;
  const at = start.until(day, { largestUnit: 'days' }).days + (end ? 1 : 0);
  return Math.round(Math.min(1, Math.max(0, at / whole)) * 10_000) / 100;
}
