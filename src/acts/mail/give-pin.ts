import { z } from 'zod';
import { waitsFor } from '../../changes/outcome.ts';
import type { CaseNumber, SiteId } from '../../foundation/ids.ts';
import { type MailAct, refused } from '../act.ts';
import type { AnsweredMail, Asked, Becomes } from './answered.ts';
import { mail } from './held.ts';

const input = z.strictObject({ mail, site: z.string().describe('the row of the site that the PIN names') });
type GivePin = z.infer<typeof input>;

type Seen = Asked & {
  readonly on: AnsweredMail;
  /** Of both who wrote the mail and who answers. */
  readonly sites: readonly SiteId[];
  readonly becomes: Becomes<'case-opened' | 'support-lapsed'> & { readonly case: CaseNumber | null };
};

export const waitsForPin = (on: Pick<AnsweredMail, 'outcome' | 'case'>): boolean =>
  on.case === null && waitsFor(on.outcome, 'pin');

/**
 * POLICY §3.r17: the answer with the PIN opens the case from the held mail. Both have to come from contacts of the site: whoever gets
 * hold of our letter could else take somebody's mail to another site (§11.3).
 */
export const givePin: MailAct<GivePin, Seen> = {
  name: 'give-pin',
  input,
  right: 'asked',
  does: 'brings the PIN that a held mail of a contact was missing',
  gives: {
    changes: [
      'mail-filed',
      'case-opened',
      'clock-started',
      'participant-added',
      'message-added',
      'mail-decided-anew',
      'mail-settled',
    ],
    letters: [],
  },
  byMail: 'the answer to `pin-needed`',
  judge(asked, { on, sites, becomes, letter }, { by, now: at }) {
    if (!waitsForPin(on)) return refused('conflict', `Mail ${on.id} waits for no PIN any more.`);
    if (!sites.some((site) => site === asked.site))
      return refused('no-right', `Who wrote mail ${on.id} and who answers are not both contacts of that site.`);
    const { outcome, case: number, reason } = becomes;
    const of = { mail: on.id, outcome, at, by };
    const settled = { kind: 'mail-settled', ...of, case: number, reason, letter } as const;
    return { kind: 'done', changes: [...becomes.changes, { kind: 'mail-decided-anew', ...of }, settled], letters: [] };
  },
};
