/** What the address of a report asks for; what cannot be used is said, and the rest is shown. */
import type { CaseFilter, Dimension } from '../../../flows/reports/report-pages.ts';
import { dimensions } from '../../../flows/reports/report-pages.ts';

const reportNames = ['cases', 'held', 'questions', 'satisfaction'] as const;
export type ReportName = (typeof reportNames)[number];

export type AskedReport = {
  readonly by: Dimension;
  readonly filter: CaseFilter;
  readonly faults: readonly string[];
};

const plans = ['standard', '24x7', 'premier'] as const;
/** Weeks that are shown where no time is asked for, the one that runs among them. */
const weeksShown = 13;
const mostWeeks = 200;

const dayForm = /^\d{4}-\d\d-\d\d$/;
function dayOf(typed: string): Temporal.PlainDate | null {
  if (!dayForm.test(typed)) return null;
  try {
    return Temporal.PlainDate.from(typed, { overflow: 'reject' });
  } catch {
    return null;
  }
}

const mondayOf = (day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

function periodOf(from: string | undefined, to: string | undefined, today: string) {
  const faults: string[] = [];
  const read = (typed: string | undefined): Temporal.PlainDate | null => {
    if (typed === undefined) return null;
    const day = dayOf(typed);
    if (day === null) faults.push(`"${typed.slice(0, 40)}" is no day, such as 2026-11-29.`);
    return day;
  };
  const ends = read(to) ?? Temporal.PlainDate.from(today);
  const usual = Temporal.PlainDate.from(mondayOf(ends.toString())).subtract({ weeks: weeksShown - 1 });
  let begins = read(from) ?? usual;
  if (Temporal.PlainDate.compare(begins, ends) > 0) {
    faults.push('The time begins after it ends.');
    begins = usual;
  }
  const earliest = ends.subtract({ weeks: mostWeeks - 1 });
  if (Temporal.PlainDate.compare(begins, earliest) < 0) {
    faults.push(`No more than ${mostWeeks} weeks are shown at once.`);
    begins = earliest;
  }
  return { from: begins.toString(), to: ends.toString(), faults };
}

export function askedReport(query: (name: string) => string | undefined, today: string): AskedReport {
  const given = (name: string): string | undefined =>
    query(name)?.trim().replaceAll('\0', '').slice(0, 200) || undefined;
  const { from, to, faults } = periodOf(given('from'), given('to'), today);
  const one = <T extends string>(name: string, known: readonly T[]): T | undefined => {
    const typed = given(name);
    const found = known.find((is) => is === typed);
    if (typed !== undefined && found === undefined) faults.push(`There is no ${name} "${typed.slice(0, 40)}".`);
    return found;
  };
  const severity = one('severity', ['1', '2', '3', '4']);
  const engineer = given('engineer');
  return {
    by: one('by', dimensions) ?? 'week',
    filter: {
      ...{ from, to, plan: one('plan', plans), site: given('site') },
      severity: severity === undefined ? undefined : Number(severity),
      engineer: engineer === 'nobody' ? '' : engineer?.toLowerCase(),
    },
    faults,
  };
}

export const pathOf = (name: ReportName, csv = false): string =>
  `/reports${name === 'cases' ? '' : `/${name}`}${csv ? (name === 'cases' ? '/cases.csv' : '.csv') : ''}`;

/** Its own address: what is as usual is left out, so that a copied link stays right tomorrow. */
export function addressOf(
  name: ReportName,
  { by, filter }: Pick<AskedReport, 'by' | 'filter'>,
  { today, csv = false }: { readonly today: string; readonly csv?: boolean },
): string {
  const usual = periodOf(undefined, undefined, today);
  const query = new URLSearchParams();
  const set = (key: string, value: string | number | undefined, left: string | undefined = undefined) => {
    if (value !== undefined && value !== left) query.set(key, String(value));
  };
  const usualTime = filter.from === usual.from && filter.to === usual.to && !csv;
  if (!usualTime) {
    set('from', filter.from);
    set('to', filter.to);
  }
  if (name === 'cases' || name === 'satisfaction') {
    set('severity', filter.severity);
    set('plan', filter.plan);
    set('engineer', filter.engineer === '' ? 'nobody' : filter.engineer);
    set('site', filter.site);
    set('by', by, 'week');
  }
  const text = query.toString();
  return text === '' ? pathOf(name, csv) : `${pathOf(name, csv)}?${text}`;
}

/** Every Monday of the time, so that a week without anything is one of 0. */
export function weeksOf({ from, to }: Pick<CaseFilter, 'from' | 'to'>): string[] {
  const weeks: string[] = [];
  for (let at = Temporal.PlainDate.from(mondayOf(from)); at.toString() <= to; at = at.add({ weeks: 1 }))
    weeks.push(at.toString());
  return weeks;
}
