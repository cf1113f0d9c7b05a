import { z } from 'zod';
import { actorOf } from '../../changes/by.ts';
import type { OwnChange } from '../../changes/change.ts';
import { canBe, isHeld } from '../../changes/outcome.ts';
import { registerContact } from '../../registry/register-contact.ts';
import { roles } from '../../registry/site.ts';
import { type Act, refused } from '../act.ts';
import { heldOr, mail } from './held.ts';

const name = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\u0000\r\n]*$/, 'has to be one line');
export const releaseInput = z.strictObject({
  mail,
  site: z
    .string()
    .regex(/^[0-9]{7}$/, 'has to be seven digits')
    .optional()
    .describe('Where the mail names no site itself'),
  pin: z
    .string()
    .regex(/^[0-9]{3,10}$/, 'has to be 3 to 10 digits')
    .optional()
    .describe('In place of the site number'),
  register: z
    .strictObject({ name: name.optional(), role: z.enum(roles).optional() })
    .optional()
    .describe('Its sender becomes a contact of the site'),
});
export type ReleaseMail = z.infer<typeof releaseInput>;

/** What to do where letting the sender in is not enough. */
const toDo: Readonly<Record<string, string>> = {
  'held-unreadable': 'It could not be read: look at its bytes, and answer or refuse it.',
  'held-unauthenticated': 'It names no single plain sender, so there is nobody to let in: refuse it.',
  'held-pin-needed': 'It names no site: give the site number or the PIN.',
  'held-unknown': 'It names no site: give the site number or the PIN, or answer or refuse it.',
};

/**
 * POLICY §3 "Held mail": decided as if the sender had been let in, at its own time of arrival. With `register` the sender becomes
 * a contact of the site, and all that they wrote there is decided again.
 */
export const releaseMail: Act<ReleaseMail> = {
  name: 'release-mail',
  input: releaseInput,
  right: 'mail: settle',
  does: 'decides a held mail as if its sender had been let in',
  gives: { changes: ['mail-released', 'sender-registered', 'mails-put-back', 'sender-admitted'], letters: [] },
  needs: (asked) => ({ mails: [asked.mail], release: asked }),
  judge(asked, records, { by, now: at }) {
    const held = heldOr(records, asked.mail);
    if ('kind' in held) return held;
    const { on, was } = held;
    if (!on.kept) return refused('conflict', `The bytes of mail ${on.id} are not kept any more.`);
    if (!canBe(was).includes('release')) return refused('conflict', toDo[was] ?? '');
    const { release } = records;
    if (!release) return refused('conflict', `Mail ${on.id} is being decided.`);
    if ('fault' in release) return refused('bad-input', release.fault);
    const { trial, from, onCase } = release;
    const { register } = asked;
    if (register && !(release.at && from))
      return refused('conflict', toDo[from ? 'held-unknown' : 'held-unauthenticated'] ?? '');
    if (!register && !onCase && isHeld(trial.outcome))
      return refused('conflict', toDo[trial.outcome] ?? `It would be held again: ${trial.reason}`);

    const admitted = { by: actorOf(by), site: release.site?.id ?? null };
    const changes: OwnChange[] = [{ kind: 'mail-released', mail: on.id, fence: on.fence, was, admitted, at, by }];
    if (register && release.at && from) {
      const { id: site, number: siteNumber } = release.at;
      const who = { site, address: from.address, at, by };
      const { name: called = from.name, role = 'authorized user' } = register;
      // The writer asks the same of what stands under the lock.
      const person = { site: siteNumber, email: from.address, name: called, role };
      const found = registerContact(release.registry ?? { products: [], sites: [] }, person);
      if (found.kind === 'refused') return refused('bad-input', found.says);
      changes.push({ kind: 'sender-registered', siteNumber, name: called, role, ...who });
      changes.push({ kind: 'mails-put-back', question: null, except: on.id, ...who });
    } else if (onCase && from) changes.push({ kind: 'sender-admitted', case: onCase, address: from.address, at, by });
    const { others, more } = release;
    return { kind: 'done', changes, letters: [], decisions: [trial, ...others], ...(more > 0 && { more }) };
  },
};
