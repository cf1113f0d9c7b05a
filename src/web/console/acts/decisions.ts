/** What mails that are decided again come to, as a person wants to hear it: what opens, what is written, and only then why. */
import type { Trial } from '../../../acts/mail/records.ts';
import { isHeld } from '../../../changes/outcome.ts';
import type { Committed } from '../../../flows/acts/preview.ts';
import { letterNamed } from '../../../outbound/letter-names.ts';
import { timeIn } from '../frame/times.ts';
import { listOf } from './list-of.ts';

/** Of `acknowledgement to the contact is sent`: what goes out, with how often. */
function lettersOf({ letters }: Trial): string | null {
  const out = letters.flatMap((line) => (line.endsWith(' is sent') ? [line.slice(0, -' is sent'.length)] : []));
  const counted = [...Map.groupBy(out, letterNamed)].map(([line, all]) =>
    all.length === 1 ? line : `${line} (${all.length})`,
  );
  return counted.length === 0 ? null : listOf(counted);
}

function comesTo({ outcome, reason, opens }: Trial, zone: string): string {
  if (opens) {
    const due = timeIn(zone, new Date(opens.due), new Date());
    return `opens a case of severity ${opens.severity}, first answer by ${due}`;
  }
  const why = reason.replace(/\.$/, '');
  const plain = outcome.replaceAll('-', ' ');
  return isHeld(outcome) ? `stays held: ${why}` : `becomes ${plain}: ${why}`;
}

/** `zone`: in which times are shown. One mail is the one that everything here is about. */
export function decisionsSaid({ decisions = [], more = 0 }: Committed, zone: string): string[] {
  const each = decisions.map((trial) => {
    const letters = lettersOf(trial);
    const who = decisions.length === 1 && more === 0 ? 'It' : `Mail ${trial.mail}`;
    return `${who} ${comesTo(trial, zone)}.${letters === null ? '' : ` Goes out: ${letters}.`}`;
  });
  return more > 0 ? [...each, `${more} more mails are decided again, which are not listed.`] : each;
}

/** That a mail is decided again says less than what it comes to. */
export const saidByDecisions = ({ decisions = [] }: Committed, { change }: Committed['changes'][number]): boolean =>
  decisions.length > 0 &&
  (change === 'mail-released' ||
    change === 'mail-replayed' ||
    change === 'mail-renewed' ||
    (change === 'mails-put-back' && decisions.length === 1));
