/**
 * How long what a killed process held stays without anybody: from its death until another process has the lease of the mailbox,
 * or the claim on the mail or letter. Claims name who has them (`id` of the process's `ready`), so that nothing is guessed.
 */
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { Kind } from '../../support/processes/processes.ts';

/** Seconds. */
export type Takeover = { readonly times: number; readonly worst: number };
export type Takeovers = {
  /** Until another inbox had the lease; and until it had stored the first of the mails that were waiting then. */
  readonly mailbox: Takeover;
  readonly firstMail: Takeover;
  /** Until another intake worker had a claim on the mail, or another outbound worker one on the letter. */
  readonly intake: Takeover;
  readonly outbound: Takeover;
};

/** Whether the process is stopped just now, as SIGSTOP does it. */
export function isStopped(child: ChildProcess): boolean {
  try {
    return /\) T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

type Held = { readonly id: string; readonly by: string | null; readonly open: boolean };
type Work = { readonly kind: Kind; readonly left: string; readonly now: string };

/** `left`: what is in hand, with whoever has it; `now`: where these stand. */
const work: Readonly<Record<'mailbox' | 'intake' | 'outbound', Work>> = {
  mailbox: {
    kind: 'inbox',
    left: `select name as id, lease_holder as by, true as open from mailboxes where lease_holder is not null`,
    now: `select name as id, lease_holder as by, true as open from mailboxes where name = any($1)`,
  },
  intake: {
    kind: 'intake',
    left: `select id::text, claimed_by::text as by, true as open from mails where state = 'new' and claimed_by is not null`,
    now: `select id::text, claimed_by::text as by, state = 'new' as open from mails where id = any($1::bigint[])`,
  },
  outbound: {
    kind: 'outbound',
    left: `select id::text, claimed_by::text as by, true as open from letters where state in ('queued', 'unknown') and claimed_by is not null`,
    now: `select id::text, claimed_by::text as by, state in ('queued', 'unknown') as open from letters where id = any($1::bigint[])`,
  },
};

export function watchTakeovers(given: {
  readonly look: pg.Client;
  /** Those of a kind that have begun to work and are not stopped. */
  readonly working: (kind: Kind) => readonly ChildProcess[];
  /** How many mails were put into the mailbox so far. */
  readonly delivered: () => number;
}) {
  const { look, working, delivered } = given;
  const deaths = new Map<string, number>();
  const figures = { mailbox: [0, 0], firstMail: [0, 0], intake: [0, 0], outbound: [0, 0] } as Record<
    keyof Takeovers,
    [number, number]
  >;
  const left = { mailbox: new Map(), intake: new Map(), outbound: new Map() } as Record<
    keyof typeof work,
    Map<string, string>
  >;
  const nobodyAt: Partial<Record<Kind, number>> = {};
  let waiting: { since: number; stored: number } | null = null;
  let over = false;

  const note = (what: keyof Takeovers, seconds: number) => {
    figures[what] = [figures[what][0] + 1, Math.max(figures[what][1], seconds)];
  };
  const ask = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await look.query<T>(text, values)).rows;
  /** Where there was nobody who could have had it, the time counts from when there was somebody again. */
  const since = (kind: Kind, by: string) => Math.max(deaths.get(by) ?? 0, nobodyAt[kind] ?? 0);
  const stored = async () =>
    (await ask<{ n: number }>('select count(*)::int as n from arrivals where uid is not null'))[0]?.n ?? 0;

  async function round(what: keyof typeof work): Promise<void> {
    const { kind, left: leftSql, now: nowSql } = work[what];
    if (working(kind).length === 0) nobodyAt[kind] = performance.now();
    for (const { id, by } of await ask<Held>(leftSql)) if (by && deaths.has(by)) left[what].set(id, by);
    if (left[what].size === 0) return;
    for (const { id, by, open } of await ask<Held>(nowSql, [[...left[what].keys()]])) {
      const was = left[what].get(id) ?? '';
      if (open && (by === null || by === was)) continue;
      left[what].delete(id);
      note(what, (performance.now() - since(kind, was)) / 1000);
      if (what !== 'mailbox') continue;
      const have = await stored();
      waiting = delivered() > have ? { since: since(kind, was), stored: have } : null;
    }
  }

  async function loop(): Promise<void> {
    while (!over) {
      for (const what of ['mailbox', 'intake', 'outbound'] as const) await round(what);
      if (waiting && (await stored()) > waiting.stored) {
        note('firstMail', (performance.now() - waiting.since) / 1000);
        waiting = null;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  const looping = loop();
  looping.catch(() => {});

  return {
    died: (id: string) => void deaths.set(id, performance.now()),
    /** What nobody has taken over by now counts with its time so far. */
    async end(): Promise<Takeovers> {
      over = true;
      await looping;
      for (const what of ['mailbox', 'intake', 'outbound'] as const)
        for (const by of left[what].values()) note(what, (performance.now() - since(work[what].kind, by)) / 1000);
      const of = ([times, worst]: [number, number]): Takeover => ({ times, worst });
      return {
        mailbox: of(figures.mailbox),
        firstMail: of(figures.firstMail),
        intake: of(figures.intake),
        outbound: of(figures.outbound),
      };
    },
    stop() {
      over = true;
      return looping.catch(() => {});
    },
  };
}
