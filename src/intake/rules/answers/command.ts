import type { Change } from '../../../changes/change.ts';
import type { CaseNumber } from '../../../foundation/ids.ts';
import { onlyThanks } from '../../../mail/answers/only-thanks.ts';
import { titleOf } from '../../../mail/subject/subject.ts';
import { takesPart } from '../../../registry/permissions.ts';
import { type Contact, licenceNumbered } from '../../../registry/site.ts';
import { additionTo, type CaseAddition, replyEffectOn } from '../../cases/case-addition.ts';
import { besideAct } from '../../cases/case-changes.ts';
import { type Command, type CommandName, isAboutSubscriptions, isOnCase } from '../../commands/commands.ts';
import type { Done } from '../../commands/done.ts';
import { answersList, commandOf } from '../../commands/list-answer.ts';
import { mayAsk, mayWrite, refusal, runCommand } from '../../commands/run-command.ts';
import { wouldBeDone } from '../../commands/run-people.ts';
import { type Context, evidenceOf, senderAt, siteOf } from '../../context.ts';
import type { SiteFacts } from '../../facts.ts';
import { confirmLetter } from '../../questions/confirm-letter.ts';
import { needsCode, needsCodeForPrivileged } from '../../questions/confirmation.ts';
import type { ConfirmedAct } from '../../questions/confirmed-act.ts';
import type { Rule } from '../../rule.ts';

type Own = { readonly site: SiteFacts; readonly contact: Contact };

/** The sites at which the sender is on record. */
const ownSites = (context: Context): Own[] =>
  context.facts.contacts.flatMap((contact) => {
    const site = siteOf(context.facts, contact.siteId);
    return site && senderAt(context, contact.siteId)?.id === contact.id ? [{ site, contact }] : [];
  });

/** The site of the thread, else named behind the command (number or PIN), else the only one; null has to be asked. */
function siteFor(context: Context, command: Command, own: readonly Own[]): Own | null {
  const at = (id: string | null | undefined) => own.find(({ site }) => site.site.id === id) ?? null;
  if (command.name === 'STATUS') {
    const line = context.facts.selfService?.cases.find((one) => one.number === command.argument);
    return at(line?.site) ?? at(context.thread?.case.site) ?? own[0] ?? null;
  }
  // For whichever of their sites: it is about letters to their address.
  if (isAboutSubscriptions(command.name)) return own[0] ?? null;
  // They change the case that is answered, whatever else the sender belongs to.
  if (isOnCase(command.name)) return at(context.thread?.case.site) ?? own[0] ?? null;
  // Where it is nobody's of theirs they are told so, wherever they belong.
  if (command.name === 'REGISTER') return withLicence(own, command.argument) ?? own[0] ?? null;
  const behind = command.name === 'UPGRADE' ? (command.site ?? '') : command.argument;
  if (behind !== '') {
    const pin = context.facts.selfService?.pins.find((one) => one.pin === behind);
    return own.find(({ site }) => site.site.number === behind) ?? at(pin?.site);
  }
  const named = context.named.kind === 'site' ? at(context.named.site) : null;
  return (
    at(context.thread?.case.site) ?? named ?? (own.length === 1 || command.name === 'HELP' ? (own[0] ?? null) : null)
  );
}

/** The site that has the licence. */
const withLicence = (own: readonly Own[], number: string): Own | undefined =>
  own.find(({ site }) => licenceNumbered(site.licences, number) !== undefined);

/** What of the mail goes on the case that it is a reply to. */
function besides(
  context: Context,
  command: Command,
  own: Own | undefined,
): Omit<CaseAddition, 'case'> & { readonly case: CaseNumber | null } {
  const on = context.thread?.case;
  if (!on || !own) return { case: null, adds: null, reopens: false };
  const adds = command.rest === '' ? null : command.rest;
  // The text beside `CLOSE` is a last word, that beside `REOPEN` may be thanks: the command says what becomes of the case.
  if (command.name === 'CLOSE' || command.name === 'REOPEN') return { case: on.number, adds, reopens: false };
  return additionTo(context, on, own.site, command.rest);
}

/**
 * `CLOSE` and `REOPEN` change the case that they answer. Beside the good PIN of an own site, or with the number of another case, they are the
 * words of a report; after the time to reopen, or where support has ended, `REOPEN` is a reply like any other (§3.r9).
 */
function isText(context: Context, command: Command, onCase: Own | undefined, own: readonly Own[]): boolean {
  // Beside a PIN, whosesoever, a register of theirs is what the mail is about.
  if (command.name === 'REGISTER')
    return (context.named.kind === 'site' || context.mail.facts.pins.length > 0) && !withLicence(own, command.argument);
  if (!isOnCase(command.name)) return false;
  const { named, thread } = context;
  // Until our first response it sets it, as a line of a reply does (§4.2).
  if (command.name === 'SEVERITY') return thread !== null && !thread.case.answered;
  if (command.argument !== '' && command.argument !== thread?.case.number) return true;
  if (!thread || !onCase) return named.kind === 'site' && own.some(({ site }) => site.site.id === named.site);
  const effect = replyEffectOn(context, thread.case, onCase.site, false);
  return command.name === 'REOPEN' && (effect === 'follow-up' || effect === 'update-lapsed');
}

/** In a thread the subject says nothing new: it is the case's own title, or that of a letter. */
const saidAnew = (context: Context, command: Command): boolean =>
  command.in === 'line' ||
  context.thread === null ||
  titleOf(context.mail.facts.subject, '').toLowerCase() !== context.thread.case.title.toLowerCase();

/** These show a PIN or change access (§11.2). */
function guarded(context: Context, { name, lines }: Command, own: Own): boolean {
  if (name === 'PIN PRIVILEGED') return needsCodeForPrivileged(context);
  // What had to wait for a person is too old to be acted on without being asked for once more.
  if (lines) return (needsCode(context) || context.mail.mustWait) && wouldBeDone(context, own, lines);
  return name === 'PIN' && needsCode(context);
}

/** A privileged PIN is for a case that is open: nobody is asked for a code where there is none. */
const inVain = ({ thread }: Context, name: CommandName, reopens: boolean): boolean =>
  name === 'PIN PRIVILEGED' && (thread === null || (thread.case.status === 'closed' && !reopens));

/** §3.r8, §7: a self-service command of a contact. From anybody else a word is a text like any other (§3.r18). */
export const selfService: Rule = (context) => {
  const command = commandOf(context);
  if (!command || context.sender === null || !saidAnew(context, command)) return null;
  const own = ownSites(context);
  const [first] = own;
  if (!first) return null;
  if (
    command.maybePin &&
    (context.named.kind === 'site' || !own.some(({ site }) => site.site.number === command.argument))
  )
    return null;
  const { thread } = context;
  const onCase = thread ? own.find(({ site }) => site.site.id === thread.case.site) : undefined;
  // The number of a case lets nobody in (§11.3): their mail is held as any reply would be.
  if (thread && !onCase) return null;
  if (thread && onCase?.contact.role === 'provisional caller' && !takesPart(thread.case, onCase.contact)) return null;
  if (isText(context, command, onCase, own)) return null;
  // In an answer about a case, and beside a PIN, a sentence about somebody tells of what is wrong.
  if (command.perhaps && (thread || context.named.kind === 'site')) return null;
  const found = siteFor(context, command, own);
  const to = found ?? onCase ?? first;
  const beside = besides(context, command, onCase);
  // What becomes of the case comes before the text beside it.
  const changes = (acts: readonly Change[] = []) => [
    ...besideAct(context, beside.case === null ? undefined : thread?.case, to.contact.id, {
      ...beside,
      acts: acts.filter((change) => 'versionNo' in change),
    }),
    ...acts.filter((change) => !('versionNo' in change)),
  ];
  const settles = answersList(context, command);
  const common = { rule: settles ? 'r5' : 'r8' } as const;
  const evidence = evidenceOf(context, {
    site: found?.site.site.number ?? null,
    contact: to.contact.id,
    role: to.contact.role,
    note: command.name,
  });
  if (
    found &&
    !inVain(context, command.name, beside.reopens) &&
    (command.lines ? mayWrite : mayAsk)(command.name, found.contact, context.policy) &&
    guarded(context, command, found)
  ) {
    const { id } = found.site.site;
    const lines = command.lines?.filter((line) => line.do !== 'unread');
    const act: ConfirmedAct = lines
      ? { kind: 'contacts', site: id, lines }
      : { kind: 'command', command: command.name, site: id, argument: command.argument };
    return {
      ...common,
      outcome: 'confirmation-asked',
      changes: changes(),
      reason: `${command.name} was asked for by a sender who is not verified; a code went to the address on record.`,
      evidence,
      letters: [confirmLetter(context, { act, ...found, case: beside.case })],
    };
  }
  const done: Done = found
    ? runCommand(context, {
        name: command.name,
        argument: command.argument,
        rest: command.rest,
        ...found,
        case: thread?.case.number ?? null,
        reopens: beside.reopens,
        lines: command.lines,
        answers: beside.adds !== null && !onlyThanks(beside.adds),
      })
    : refusal(
        context,
        to,
        {
          name: command.name,
          why: 'which-site',
          sites: own.map(({ site }) => ({ number: site.site.number, name: site.site.name })),
        },
        'The sender belongs to several sites, and the command names none of them.',
      );
  return {
    ...common,
    outcome:
      done.kind === 'refused'
        ? 'command-refused'
        : done.waits
          ? 'confirmation-asked'
          : settles
            ? 'answer-settled'
            : 'command-done',
    reason: done.reason,
    evidence,
    letters: done.letters,
    changes: changes(done.changes),
  };
};
