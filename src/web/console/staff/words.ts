/** What stands on record of somebody, in words. */
import type { WorkingHours } from '../../../calendar/working-hours.ts';
import { weekdays } from '../../../calendar/working-hours.ts';
import type { ShownPerson } from '../../../flows/staff/staff-pages.ts';
import type { SignInWay } from '../../../staff/sign-in.ts';

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const dayName = (day: number): string => dayNames[day - 1] ?? '';

/** `Mon to Fri`, `Mon, Wed`. */
function daysSaid(days: readonly number[]): string {
  const sorted = [...new Set(days)].toSorted();
  const [first = 1] = sorted;
  const last = sorted.at(-1) ?? first;
  const whole = sorted.length > 2 && last - first + 1 === sorted.length;
  return whole ? `${dayName(first)} to ${dayName(last)}` : sorted.map(dayName).join(', ');
}

const isOfDays = (hours: WorkingHours): hours is Extract<WorkingHours, { days: readonly number[] }> => 'days' in hours;

export function hoursSaid(hours: ShownPerson['hours']): string {
  if (hours === null) return 'those of the desk';
  if (hours === 'always') return 'round the clock';
  if (isOfDays(hours)) return `${daysSaid(hours.days)}, ${hours.from} to ${hours.to}`;
  const said = weekdays.flatMap((day, i) => {
    const parts = (hours[day] ?? []).map(([from, to]) => `${from} to ${to}`);
    return parts.length > 0 ? [`${dayNames[i]} ${parts.join(' and ')}`] : [];
  });
  return said.join('; ') || 'none';
}

export const absencesSaid = (absent: ShownPerson['absent']): string =>
  absent.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ') || 'none on record';

export const waySaid = {
  code: 'a code by mail',
  passkey: 'a passkey',
  provider: 'the login of the organisation',
  link: 'a link of the command line',
  demo: 'the demo, on its own machine',
} as const satisfies Record<SignInWay, string>;

export const countSaid = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
