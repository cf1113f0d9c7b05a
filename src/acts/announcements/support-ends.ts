/** Letters about the end of full support of a version, which go by themselves (POLICY §10.6, §11.6): announcements that are planned. */
import { z } from 'zod';
import { placeCalendar } from '../../calendar/place-calendar.ts';
import type { SupportEndsPlanned } from '../../changes/announcements/support-ends.ts';
import { type SupportEndStep, supportEndAnnouncement, supportEndSteps } from '../../notices/support-ends.ts';
import type { Act, Given, Judged } from '../act.ts';
import type { SupportEndRow, SupportEndsRecord } from './records.ts';
import { noSuch } from './turn-announcement.ts';

const nothing: Judged = { kind: 'done', changes: [], letters: [] };

/** They go to sites in all zones at once: by the time of the desk. */
export function stepsOf(
  { running, since, versions }: SupportEndsRecord,
  given: Pick<Given, 'now' | 'desk' | 'policy'>,
) {
  const { now, desk, policy } = given;
  const calendar = { ...placeCalendar(null, policy, policy.publicHolidays), timezone: desk.timezone };
  return supportEndSteps({ versions, calendar, startedAt: running ? since : null, now, policy });
}

const planning = (
  change: Pick<SupportEndsPlanned, 'planned' | 'dropped'>,
  { now: at, by }: Pick<Given, 'now' | 'by'>,
): Judged => ({ kind: 'done', changes: [{ kind: 'support-ends-planned', ...change, at, by }], letters: [] });

const sameMoment = (a: string | null, b: string): boolean => a !== null && Temporal.Instant.compare(a, b) === 0;

/** It is not on record, has another moment, or was left out by the clock and is to come again. What a person has cancelled stays so. */
function isNew(step: SupportEndStep, row: SupportEndRow | undefined): boolean {
  if (!row) return true;
  if (row.state === 'ready') return !sameMoment(row.dueAt, step.dueAt);
  return row.state === 'cancelled' && row.dropped !== null && step.state === 'planned';
}

const noInput = z.strictObject({});

export const planSupportEnds: Act<z.infer<typeof noInput>> = {
  name: 'plan-support-ends',
  input: noInput,
  right: 'none',
  does: 'plans the letters about the end of full support of versions, and leaves out what is not to go any more',
  gives: { changes: ['support-ends-planned'], letters: [] },
  byClock: ['end-of-support'],
  needs: () => ({ supportEnds: 'rows' }),
  judge(_, { supportEnds }, given) {
    if (!supportEnds?.running) return nothing;
    const steps = stepsOf(supportEnds, given);
    const goes = new Map(steps.filter(({ state }) => state !== 'skipped').map((step) => [step.name, step]));
    const rows = new Map(supportEnds.rows.map((row) => [row.name, row]));
    const planned = [...goes.values()]
      .filter((step) => isNew(step, rows.get(step.name)))
      .map(({ name, dueAt, of }) => ({ name, dueAt, content: supportEndAnnouncement(name, of) }));
    const dropped = supportEnds.rows
      .filter(({ state, name }) => state === 'ready' && !goes.has(name))
      .map(({ id, name }) => {
        const step = steps.find((one) => one.name === name);
        return { announcement: id, name, why: step?.state === 'skipped' ? step.reason : ('gone' as const) };
      });
    return planned.length + dropped.length === 0 ? nothing : planning({ planned, dropped }, given);
  },
};

const input = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) });

/** Judged once more by what stands in this moment. */
export const startSupportEnd: Act<z.infer<typeof input>> = {
  name: 'start-support-end',
  input,
  right: 'none',
  does: 'lets the letters about the end of full support of a version go out, or leaves them out and says why',
  gives: { changes: ['announcement-started', 'support-ends-planned'], letters: [] },
  byClock: ['end-of-support'],
  needs: ({ id }) => ({ announcement: { id }, audience: { id }, supportEnds: 'rows' }),
  judge({ id }, { announcement: on, audience, supportEnds }, given) {
    if (!on || !audience || !supportEnds) return noSuch(id);
    const { now: at, by } = given;
    const of = { announcement: on.id, name: on.content.name } as const;
    const isDue = on.dueAt !== null && Temporal.Instant.compare(on.dueAt, at) <= 0;
    if (!supportEnds.running || on.state !== 'ready' || !isDue) return nothing;
    const step = stepsOf(supportEnds, given).find(({ name }) => name === of.name);
    const skipped = step?.state === 'skipped' ? step.reason : step?.state === 'due' ? null : 'gone';
    const why = skipped ?? (audience.recipients === 0 ? 'nobody' : null);
    if (why !== null) return planning({ planned: [], dropped: [{ ...of, why }] }, given);
    const { unknownProducts: _, ...told } = audience;
    return { kind: 'done', changes: [{ kind: 'announcement-started', ...of, audience: told, at, by }], letters: [] };
  },
};

/** The first round: of each version the next step, as everything stands. */
export function firstSupportEnds(supportEnds: SupportEndsRecord, given: Pick<Given, 'now' | 'desk' | 'policy'>) {
  const steps = stepsOf({ ...supportEnds, running: true, since: given.now }, given);
  const planned = steps.filter(({ state }) => state === 'planned');
  const first = [...Map.groupBy(planned, ({ of }) => of).values()].flatMap(([step]) => step ?? []);
  return first.map(({ dueAt, of }) => {
    const audience = supportEnds.audiences.find(
      ({ product, version }) => of.product === product && of.version === version,
    );
    const some = (audience?.sample ?? []).map(({ address: to, siteNumber: site }) => ({ site, to, dueAt }));
    return { dueAt, letters: audience?.recipients ?? 0, some };
  });
}
