/** What stands on a case, in the words of its page. */
import type { CaseLinkKind, Severity } from '../../../cases/case.ts';
import type { OpenedCase } from '../../../flows/cases/one/case-desk.ts';
import type { CaseContract } from '../../../outbound/letter.ts';
import type { Tone } from '../frame/parts.ts';
import { timeIn } from '../frame/times.ts';
import { lateSince } from './clock.ts';

export const severityTone = (severity: number): Tone | undefined =>
  severity === 1 ? 'bad' : severity === 2 ? 'warn' : undefined;

/** What each means, as the policy has it, for whoever chooses. */
export const severityMeans: Readonly<Record<Severity, string>> = {
  1: 'production has stopped, no work is possible',
  2: 'an important function is gone, without a workaround',
  3: 'a workaround exists',
  4: 'advice, documentation, a wish',
};

/** A severity that one side wants and the other has not agreed to. */
export function proposedSays({ proposal, status }: Pick<OpenedCase['on'], 'proposal' | 'status'>): string | null {
  if (!proposal || status !== 'open') return null;
  return proposal.by === 'staff'
    ? `severity ${proposal.to} proposed, waits for the customer`
    : `the customer wants severity ${proposal.to}, waits for us`;
}

export const linkSays: Readonly<Record<CaseLinkKind, string>> = {
  follows: 'follows',
  'followed-by': 'goes on as',
  linked: 'has to do with',
  'merged-into': 'was merged into',
  merged: 'took in',
  'split-from': 'was a part of',
  split: 'was split off',
};

const dayIn = (day: string): string =>
  timeIn('UTC', new Date(`${day.slice(0, 10)}T00:00:00Z`), new Date(0)).replace(/ 00:00$/, '');

const kinds: Readonly<Record<string, string>> = {
  entitled: 'Entitled',
  'under-covered': 'Under-covered: fewer support than user licences',
  trial: 'On trial',
  grace: 'In grace after its end',
  lapsed: 'Lapsed',
};

/** `Entitled: standard`; `Lapsed since 31 Dec 2025`. */
export function contractSays({ kind, plan, until }: CaseContract): string {
  const named = kinds[kind] ?? kind;
  const by = plan === null || plan === undefined ? '' : `: ${plan === '24x7' ? '24 × 7' : plan}`;
  const day =
    until === null || until === undefined
      ? ''
      : kind === 'trial'
        ? `, until ${dayIn(until)}`
        : `, ended ${dayIn(until)}`;
  return `${named}${by}${day}`;
}

export const contractTone = ({ kind }: CaseContract): Tone | undefined =>
  kind === 'entitled' ? 'good' : kind === 'lapsed' ? 'bad' : 'warn';

/** Whether it waits, and for whom. */
export function statusSays({ on, clock, now }: Pick<OpenedCase, 'on' | 'clock' | 'now'>): {
  readonly says: string;
  readonly tone?: Tone;
} {
  if (on.mergedInto) return { says: `merged into case ${on.mergedInto}` };
  if (on.status === 'closed') return { says: 'closed' };
  if (on.proposedAt !== null) return { says: 'solution proposed' };
  const last = on.events.findLast(({ kind }) => ['clock-paused', 'clock-resumed', 'reopened'].includes(kind));
  if (last?.kind === 'clock-paused') return { says: 'waits for the customer' };
  if (clock && lateSince(clock, now) !== null) return { says: 'overdue', tone: 'bad' };
  return { says: 'open' };
}
