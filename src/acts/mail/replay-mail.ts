import { z } from 'zod';
import { type Act, refused } from '../act.ts';
import { mail, theMail } from './held.ts';

const input = z.strictObject({ mail });
type ReplayMail = z.infer<typeof input>;

/** POLICY §2: by the policy and the registry of today. What has its case, or would stay what it is, changes nothing. */
export const replayMail: Act<ReplayMail> = {
  name: 'replay-mail',
  input,
  right: 'mail: settle',
  does: 'decides a mail again; one that has its case changes nothing',
  gives: { changes: ['mail-replayed'], letters: [] },
  needs: (asked) => ({ mails: [asked.mail], replay: asked.mail }),
  judge(asked, records, { by, now: at }) {
    const { replay } = records;
    const on = theMail(records, asked.mail);
    if (!on) return refused('not-found', `There is no mail ${asked.mail}.`);
    const { id, fence, outcome: was } = on;
    if (!replay || replay.outcome === was) return { kind: 'done', changes: [], letters: [] };
    return {
      kind: 'done',
      changes: [{ kind: 'mail-replayed', mail: id, fence, was, admitted: null, at, by }],
      letters: [],
      decisions: [replay],
    };
  },
};
