/**
 * Which troubles somebody is told of, when, and in what words (POLICY §11.8). Rules only: what is looked at comes from
 * `flows/upkeep/watch-alerts`, what was told before stands in rows.
 */
import { z } from 'zod';

export const alertPolicySchema = z.strictObject({
  alerts: z
    .strictObject({
      /** Minutes without a look into a mailbox. */
      noFetchMinutes: z.number().min(0.01).max(1440).default(10),
      /** Minutes that a mail may wait to be decided, or a job to reach its queue. */
      queueMinutes: z.number().min(0.01).max(1440).default(10),
      /** Letters in an hour that bounced or failed; those to addresses not on record are not counted. */
      failedLetters: z.number().int().min(1).max(1_000_000).default(1),
      /** Of the disk with the embedded database; the smaller of both. */
      diskFreePercent: z.number().min(0).max(100).default(5),
      diskFreeMegabytes: z.number().int().min(0).default(2048),
      /** Before a certificate ends. */
      certificateDays: z.number().min(0).max(365).default(14),
      /** Between two letters or posts about one cause. */
      everyMinutes: z.number().min(0.01).max(10_080).default(60),
    })
    .prefault({}),
});
export type AlertPolicy = z.infer<typeof alertPolicySchema>['alerts'];

/** Of what is looked at, and for how long what was found is kept. */
export const alertSpans = {
  failedHours: 1,
  episodeDays: 8,
  unseenDays: 1,
  keptDays: 90,
  postDays: 1,
  postEveryHours: 1,
} as const;

export const alertCauses = [
  'no-fetch',
  'login-refused',
  'ledger-difference',
  'dead-mail',
  'letters-failing',
  'letters-refused',
  'queue-age',
  'disk',
  'certificate',
  'tokens',
  'webhook-off',
] as const;
export type AlertCause = (typeof alertCauses)[number];

/** What was looked at, and what is wrong with it; null where all is well. What could not be looked at has no check. */
export type Check = {
  readonly cause: AlertCause;
  /** Which mailbox, server or folder; empty where there is one only. */
  readonly subject: string;
  readonly trouble: {
    /** How many, or how long, in the unit of the cause: minutes, mails, letters, megabytes, days. */
    readonly count: number;
    /** What the other side said, or the program about it. */
    readonly why: string | null;
  } | null;
};

export type Episode = {
  readonly id: string;
  readonly cause: AlertCause;
  readonly subject: string;
  readonly since: string;
  /** Of this episode, null where nobody was told of it. */
  readonly toldAt: string | null;
  /** Of any episode of this cause and subject. */
  readonly lastToldAt: string | null;
  readonly open: boolean;
};

type EpisodeStep =
  | { readonly kind: 'open'; readonly check: Check; readonly tell: boolean }
  | {
      readonly kind: 'keep';
      readonly episode: string;
      readonly check: Check;
      readonly tell: 'begun' | 'goes-on' | null;
    }
  | { readonly kind: 'close'; readonly episode: string; readonly check: Check; readonly tell: boolean };

/** What follows from a look. `episodes` holds the newest one of each cause and subject. */
export function stepsOf(
  checks: readonly Check[],
  episodes: readonly Episode[],
  now: string,
  policy: AlertPolicy,
): EpisodeStep[] {
  const last = new Map(episodes.map((one) => [`${one.cause} ${one.subject}`, one]));
  const quiet = (at: string | null): boolean =>
    at === null || Date.parse(now) - Date.parse(at) >= policy.everyMinutes * 60_000;
  return checks.flatMap((check): EpisodeStep[] => {
    const before = last.get(`${check.cause} ${check.subject}`);
    const open = before?.open ? before : null;
    if (check.trouble === null)
      return open ? [{ kind: 'close', episode: open.id, check, tell: open.toldAt !== null }] : [];
    const tell = quiet(before?.lastToldAt ?? null);
    if (open === null) return [{ kind: 'open', check, tell }];
    const how = open.toldAt === null ? 'begun' : 'goes-on';
    return [{ kind: 'keep', episode: open.id, check, tell: tell ? how : null }];
  });
}

/** Letters cannot leave: a letter about it would come with the news that it is over. */
export const silencesLetters = ({ cause, subject }: Check): boolean =>
  cause === 'letters-refused' || (cause === 'login-refused' && subject === 'letters');

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** One sentence in English, for the log and for other programs. */
export function sayTrouble({ cause, subject, trouble }: Check): string {
  const count = Math.round(trouble?.count ?? 0);
  const why = trouble?.why ? `: ${trouble.why}` : '';
  switch (cause) {
    case 'no-fetch':
      return `mailbox ${subject} has not been read for ${plural(count, 'minute')}${why}`;
    case 'login-refused':
      return subject === 'letters'
        ? `the mail server for letters refuses our login${why}`
        : `mailbox ${subject} refuses our login${why}`;
    case 'ledger-difference':
      return `of ${plural(Math.abs(count), 'mail')} seen in mailbox ${subject} nothing became`;
    case 'dead-mail':
      return `${plural(count, 'mail')} could not be decided and wait for a person; see: postern mail replay`;
    case 'letters-failing':
      return `${plural(count, 'letter')} bounced or failed within an hour${why}`;
    case 'letters-refused':
      return `letters do not leave${why}`;
    case 'queue-age':
      return `${subject === 'mails' ? 'mail has been waiting to be decided' : 'jobs have been waiting for the queue'} for ${plural(count, 'minute')}${why}`;
    case 'disk':
      return `${subject} has ${count} MB left`;
    case 'certificate':
      return `the certificate of ${subject} ends ${count < 0 ? 'has ended' : `in ${plural(count, 'day')}`}`.replace(
        'ends has',
        'has',
      );
    case 'tokens':
      return `the sign-in of mailbox ${subject} needs somebody${why}`;
    case 'webhook-off':
      return `webhook ${subject} was switched off${why}`;
    default:
      return cause satisfies never;
  }
}
