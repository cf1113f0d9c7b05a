/** Turns measurements into checks: each says of one thing whether it is in order (POLICY §11.8). */

import { freeSpace } from '../../hooks/free-space.ts';
import { certificateEnd, type Peer } from '../../hooks/peer-certificate.ts';
import type { OAuthClient } from '../../imap/oauth.ts';
import type { Database } from '../../store/database.ts';
import { listSignIns } from '../../store/mailboxes/mailbox-sign-ins.ts';
import type { Signals } from '../../store/upkeep/alerts.ts';
import type { AlertPolicy, Check } from '../../upkeep/alerts.ts';
import { withOAuth } from '../mailboxes/keep-tokens.ts';
import { signInProblem } from '../mailboxes/mailbox-tokens.ts';

const check = (
  cause: Check['cause'],
  subject: string,
  wrong: boolean,
  count = 0,
  why: string | null = null,
): Check => ({
  cause,
  subject,
  trouble: wrong ? { count, why } : null,
});

export function checksOf(signals: Signals, limits: AlertPolicy): Check[] {
  const { refused } = signals;
  return [
    ...signals.mailboxes.flatMap(({ name, minutes, problem, loginRefused, missed }) => [
      // A refused login is told by its own name.
      check('no-fetch', name, minutes >= limits.noFetchMinutes && !loginRefused, minutes, problem),
      check('login-refused', name, loginRefused, 0, problem),
      check('ledger-difference', name, missed !== 0, missed),
    ]),
    ...signals.webhooks.map(({ subject, offBecause }) =>
      check('webhook-off', subject, offBecause !== null, 0, offBecause),
    ),
    check('dead-mail', '', signals.dead > 0, signals.dead),
    check('letters-failing', '', signals.failed >= limits.failedLetters, signals.failed, signals.failedWhy),
    check('letters-refused', '', refused !== null && !refused.login, 0, refused?.why ?? null),
    check('login-refused', 'letters', refused?.login === true, 0, refused?.why ?? null),
    check('queue-age', 'mails', signals.newMinutes >= limits.queueMinutes, signals.newMinutes),
    check('queue-age', 'jobs', signals.outboxMinutes >= limits.queueMinutes, signals.outboxMinutes),
  ];
}

type Given = {
  readonly database: Database;
  readonly limits: AlertPolicy;
  /** Where the embedded database lies; null where another is in use, whose disk cannot be seen from here. */
  readonly folder: string | null;
  readonly mailboxes: readonly {
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly secure: boolean;
    readonly oauth: OAuthClient | null;
  }[];
  readonly smtpUrl: string | null;
  readonly publicUrl: string;
};

/** Every server whose certificate somebody depends on: those that we sign in to, and the one in front of us. */
function peersOf({ mailboxes, smtpUrl, publicUrl }: Pick<Given, 'mailboxes' | 'smtpUrl' | 'publicUrl'>): Peer[] {
  const peers: Peer[] = mailboxes.map(({ host, port, secure }) => ({ host, port, secure, speaks: 'imap' }));
  const smtp = smtpUrl === null ? null : URL.parse(smtpUrl);
  if (smtp) {
    const secure = smtp.protocol === 'smtps:' || smtp.port === '465';
    peers.push({ host: smtp.hostname, port: Number(smtp.port) || (secure ? 465 : 587), secure, speaks: 'smtp' });
  }
  const own = URL.parse(publicUrl);
  if (own?.protocol === 'https:')
    peers.push({ host: own.hostname, port: Number(own.port) || 443, secure: true, speaks: 'https' });
  const named = peers.map((peer) => ({ ...peer, host: peer.host.replace(/^\[|\]$/g, '') }));
  return [...new Map(named.map((peer) => [`${peer.host}:${peer.port}`, peer])).values()];
}

const dayMs = 86_400_000;
const certificatesMs = 6 * 3_600_000;

/** Certificates are asked for every six hours, and each hour where one was not to be had. */
export function outsideChecks(given: Given, now: () => number = Date.now): () => Promise<readonly Check[]> {
  const { limits } = given;
  const ends = new Map<string, { end: Date | null; nextAt: number }>();

  async function certificates(): Promise<Check[]> {
    const checks = await Promise.all(
      peersOf(given).map(async (peer) => {
        const name = `${peer.host}:${peer.port}`;
        let known = ends.get(name);
        if (!known || known.nextAt <= now()) {
          const end = await certificateEnd(peer);
          known = { end: end ?? known?.end ?? null, nextAt: now() + (end ? certificatesMs : certificatesMs / 6) };
          ends.set(name, known);
        }
        if (known.end === null) return [];
        const days = Math.floor((known.end.getTime() - now()) / dayMs);
        return [check('certificate', name, days < limits.certificateDays, days)];
      }),
    );
    return checks.flat();
  }

  async function disk(): Promise<Check[]> {
    const space = given.folder === null ? null : await freeSpace(given.folder);
    if (space === null || given.folder === null) return [];
    const least = Math.min((space.size * limits.diskFreePercent) / 100, limits.diskFreeMegabytes * 2 ** 20);
    return [check('disk', given.folder, space.free < least, space.free / 2 ** 20)];
  }

  async function tokens(): Promise<Check[]> {
    const boxes = withOAuth(given.mailboxes);
    if (boxes.length === 0) return [];
    const rows = await listSignIns(given.database);
    return boxes.map((box) => {
      const problem = signInProblem(box, rows.find((row) => row.mailbox === box.name) ?? null);
      return check('tokens', box.name, problem !== null, 0, problem);
    });
  }

  return async () => (await Promise.all([certificates(), disk(), tokens()])).flat();
}
