/**
 * A case that a mail names by its bare number (POLICY §3 "The case number"): anybody types numbers, so it leads to a case only
 * those who may write on it, and only a mail that is about nothing else. What says more is a new case, linked to it.
 */
import { severityOfField } from '../../cases/severity.ts';
import type { CaseNumber } from '../../foundation/ids.ts';
import type { RegistryPolicy } from '../../registry/policy.ts';
import { contactAtSite } from '../../registry/recognise.ts';
import { readCommand } from '../commands/commands.ts';
import type { CaseFacts, Facts, MailAtHand } from '../facts.ts';
import type { NamedSite } from '../pins/named-site.ts';
import { writerOn } from './may-write.ts';

type ByNumber = {
  readonly case: CaseFacts;
  /** `on`: the mail is added to that case; `beside`: it is a new one, linked to it. */
  readonly goes: 'on' | 'beside';
};

const isGrave = (severity: number | null): boolean => severity !== null && severity <= 2;

/** `newest` follows a case to the one that took its place. */
export function byNumber(
  mail: MailAtHand,
  facts: Facts,
  named: NamedSite,
  policy: Pick<RegistryPolicy, 'roleDefaults'>,
  newest: (from: CaseFacts) => CaseFacts,
): ByNumber | null {
  const hint = mail.facts.threads.find((one) => one.by === 'case-number');
  const sender = mail.facts.from.kind === 'one' ? mail.facts.from.address : null;
  if (hint?.by !== 'case-number' || sender === null) return null;
  const meant = facts.cases.find((one) => one.number === (hint.case as CaseNumber));
  if (!meant) return null;
  const on = newest(meant);
  const writer = writerOn(facts, sender, on, policy);
  if (!writer.admitted && !writer.mayNotAnswer) return null;
  // With the PIN of another of their sites it is about that one. Of others' PINs nothing may be told: they count as unknown ones.
  const own = named.kind === 'site' && contactAtSite(facts.contacts, sender, named.site) !== null;
  if (own && named.kind === 'site' && named.site !== on.site) return null;
  // A command and thanks ask for no case of their own (§6.3, §7).
  const command = readCommand(mail.facts);
  if (command?.in === 'line' || mail.facts.onlyThanks) return { case: on, goes: 'on' };
  const hasPin = named.kind === 'site' || mail.facts.pins.length > 0;
  const beside =
    on.status === 'closed' || isGrave(severityOfField(mail.facts.report.severity)) || (hasPin && hint.alone !== true);
  return { case: on, goes: beside ? 'beside' : 'on' };
}
