/**
 * What goes out by POLICY §10.1–3 and §11.6, written from those alone: a plain program that looks every morning at nine, counts days
 * as numbers, and knows nothing of the code that it is compared with.
 */
import type { LedgerRow, OnRecord, Person, Story } from './story.ts';

const steps = [-90, -60, -30, -14, -7, -1, 0, 7, 30];
const dayMs = 24 * 3_600_000;
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
const textOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

type Contract = {
  id: string;
  what: 'support' | 'standard' | '24x7' | 'premier';
  product: string;
  quantity: number;
  from: number;
  end: number;
  /** The day since which it is on record with this end. */
  known: number;
};
type Users = { product: string; quantity: number; from: number; end: number };

const clocks = new Map<string, Intl.DateTimeFormat>();
/** The clock on the wall there, as milliseconds of a day count. */
function wall(zone: string, at: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    const two = '2-digit';
    clock = new Intl.DateTimeFormat('en-US', {
      ...{
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: two,
        day: two,
        hour: two,
        minute: two,
        second: two,
      },
    });
    clocks.set(zone, clock);
  }
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
const dayIn = (zone: string, at: number): number => Math.floor(wall(zone, at) / dayMs);

const mornings = new Map<string, number>();
function nineOn(zone: string, day: number): number {
  const key = `${zone} ${day}`;
  let at = mornings.get(key);
  if (at === undefined) {
    const shown = day * dayMs + 9 * 3_600_000;
    at = shown;
    for (let again = 0; again < 3; again += 1) at += shown - wall(zone, at);
    mornings.set(key, at);
  }
  return at;
}

const has = (one: { from: number; end: number }, day: number) => one.from <= day && day <= one.end;
const total = (all: { quantity: number }[]) => all.reduce((sum, one) => sum + one.quantity, 0);

/** §10.3, for one day behind the end. */
function coveredAsBefore(old: Contract, all: Contract[], users: Users[], day: number): boolean {
  const then = all.filter((one) => has(one, day));
  const standard = then.some((one) => one.what === 'standard');
  const around = then.some((one) => one.what === '24x7');
  if (old.what === 'standard') return standard || around;
  if (old.what === '24x7') return around;
  if (old.what === 'premier') return (standard || around) && then.some((one) => one.what === 'premier');
  const mine = all.filter((one) => one.what === 'support' && one.product === old.product);
  const now = total(mine.filter((one) => has(one, day)));
  const before = mine.filter((one) => has(one, old.end));
  if (now >= total(before)) return true;
  // Bought while the old one ran: a renewal if it is enough for all users, else more of it.
  const boughtBefore = before.filter((one) => !(one.from > old.from && one.end > old.end));
  const seats = total(users.filter((one) => one.product === old.product && has(one, old.end)));
  return now >= total(boughtBefore) && now >= seats;
}

function isRenewed(old: Contract, all: Contract[], users: Users[], today: number): boolean {
  if (coveredAsBefore(old, all, users, old.end + 1)) return true;
  return all.some((one) => one.from > old.end + 1 && one.from <= today && coveredAsBefore(old, all, users, one.from));
}

/** §10.1: renewal contacts in their order, then the primary; who comes back is left out from then on. */
function reach(people: readonly Person[], gone: Set<string>, deadFrom: Story['deadFrom'], at: number): string | null {
  const order = [
    ...people.filter((one) => one.types.includes('renewal')),
    ...people.filter((one) => one.role === 'primary'),
  ];
  for (const { id } of order) {
    if (gone.has(id)) continue;
    const dead = deadFrom[id];
    if (dead === undefined || at < dead) return id;
    gone.add(id);
  }
  return null;
}

const stepNearestTo = (days: number): number => {
  let best = steps[0] ?? 0;
  for (const step of steps) if (Math.abs(step - days) < Math.abs(best - days)) best = step;
  return best;
};

export function expectedLedger(story: Story): LedgerRow[] {
  const zone = story.timezone;
  const rows: LedgerRow[] = [];
  const settled = new Set<string>();
  const gone = new Set<string>();
  let contracts: Contract[] = [];
  let users: Users[] = [];
  let people: readonly Person[] = [];

  const isClosed = (day: number) =>
    !story.weekdays.includes(new Date(day * dayMs).getUTCDay() || 7) || story.isHoliday(textOf(day));
  const sendingDays = new Map<number, number>();
  function sendingDay(day: number): number {
    let found = sendingDays.get(day);
    if (found === undefined) {
      found = day;
      while (isClosed(found) && found > day - 32) found -= 1;
      if (found === day - 32) found = day;
      sendingDays.set(day, found);
    }
    return found;
  }

  function change({ licences, plans, people: now }: OnRecord, at: number): void {
    const before = contracts;
    const since = (id: string, end: number) =>
      before.find((one) => one.id === id && one.end === end)?.known ?? dayIn(zone, at);
    contracts = [];
    users = [];
    people = now;
    for (const { number, product: name, kind, quantity, from: begins, to } of licences) {
      const product = name.toLowerCase();
      const from = numberOf(begins);
      if (kind === 'user') users.push({ product, quantity, from, end: to === null ? 1e9 : numberOf(to) });
      if (kind !== 'support' || quantity === 0) continue;
      const end = to === null ? from + 364 : numberOf(to);
      const id = `licence:${number.toLowerCase()}`;
      contracts.push({ id, what: kind, product, quantity, from, end, known: since(id, end) });
    }
    for (const plan of plans) {
      const [id, end] = [`plan:${plan.kind}:${plan.from}`, numberOf(plan.to)];
      const common = { product: '', quantity: 0, from: numberOf(plan.from), end };
      contracts.push({ id, what: plan.kind, ...common, known: since(id, end) });
    }
  }

  /** A letter of another key that named it, on a day nearer to this step, or a later one, than to those before. */
  function wasTold(one: Contract, group: number, step: number): boolean {
    const name = `${one.id} ${textOf(one.end)}`;
    return rows.some(
      (row) =>
        row.reached !== null &&
        row.group !== textOf(group) &&
        row.named.includes(name) &&
        stepNearestTo(dayIn(zone, row.at) - group) >= step,
    );
  }

  function look(at: number, today: number): void {
    let open = contracts.filter((one) => !isRenewed(one, contracts, users, today));
    while (open.length > 0) {
      const first = Math.min(...open.map((one) => one.end));
      const group = open.filter((one) => one.end < first + 30);
      open = open.filter((one) => one.end >= first + 30);
      if (nineOn(zone, sendingDay(first + 30)) < story.startedAt) continue;
      const known = Math.min(...group.filter((one) => one.end === first).map((one) => one.known));
      const come = steps.filter((step) => nineOn(zone, sendingDay(first + step)) <= at);
      for (const step of come) {
        const key = `${first} ${step}`;
        if (settled.has(key)) continue;
        settled.add(key);
        const day = sendingDay(first + step);
        const due = nineOn(zone, day);
        const goes =
          step === come.at(-1) &&
          day >= known &&
          due >= story.startedAt &&
          at - due <= 7 * dayMs &&
          !group.every((one) => wasTold(one, first, step));
        const named = group.map((one) => ({ name: `${one.id} ${textOf(one.end)}`, one }));
        named.sort((a, b) => a.one.end - b.one.end || (a.one.id < b.one.id ? -1 : 1));
        rows.push({
          ...{ group: textOf(first), step, at },
          named: goes ? named.map(({ name }) => name) : [],
          reached: goes ? reach(people, gone, story.deadFrom, at) : null,
        });
      }
    }
  }

  for (const one of story.happenings) {
    if (one.kind === 'change') change(one, one.at);
    else {
      const first = dayIn(zone, one.from);
      look(one.from, first);
      for (let day = first; nineOn(zone, day) < one.to; day += 1)
        if (nineOn(zone, day) > one.from) look(nineOn(zone, day), day);
    }
  }
  return rows;
}
