/** What our people do on a case, as commands: `postern case take N --as kim@desk.example`. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { AnyAct } from '../acts/act.ts';
import { escalateCase } from '../acts/cases/agreeing/escalate-case.ts';
import { leaveCase } from '../acts/cases/agreeing/leave-case.ts';
import { setSeverity } from '../acts/cases/agreeing/set-severity.ts';
import { endWait } from '../acts/cases/clock/end-wait.ts';
import { waitForCustomer } from '../acts/cases/clock/wait-for-customer.ts';
import { closeCase } from '../acts/cases/close-case.ts';
import { solveCase } from '../acts/cases/closing/solve-case.ts';
import { linkCase } from '../acts/cases/joining/link-case.ts';
import { mergeCase } from '../acts/cases/joining/merge-case.ts';
import { splitCase } from '../acts/cases/joining/split-case.ts';
import { unmergeCase } from '../acts/cases/joining/unmerge-case.ts';
import { openCase } from '../acts/cases/opening/open-case.ts';
import { reopenCase } from '../acts/cases/reopen-case.ts';
import { addParticipant } from '../acts/cases/working/add-participant.ts';
import { assignCase } from '../acts/cases/working/assign-case.ts';
import { giveBackCase } from '../acts/cases/working/give-back-case.ts';
import { outOfScope } from '../acts/cases/working/out-of-scope.ts';
import { setKind } from '../acts/cases/working/set-kind.ts';
import { takeCase } from '../acts/cases/working/take-case.ts';
import { writeOnCase } from '../acts/cases/working/write-on-case.ts';
import { caseKinds } from '../cases/case.ts';
import { actCommand } from './acts/act-command.ts';

const number = '<number>';
/** One word without quotes, or many. */
const words = (all: readonly string[]): string => all.join(' ');

const enclosed = (file: string, before: readonly object[] = []) => {
  try {
    return [...before, { name: basename(file), content: readFileSync(file).toString('base64') }];
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
};

type Call = Partial<
  Record<
    'site' | 'title' | 'pin' | 'identified' | 'contact' | 'severity' | 'kind' | 'text' | 'product' | 'productVersion',
    string
  >
>;
type KindOptions = { priority?: string; planned?: string; resolvedIn?: string; declined?: boolean };

export function caseActCommands(group: Command): void {
  const text = [number, '<text...>'];
  actCommand(group, openCase, {
    name: 'open',
    arguments: [],
    options: [
      new Option('--site <number>').makeOptionMandatory(),
      new Option('--title <text>').makeOptionMandatory(),
      new Option('--pin <pin>', 'as the caller says it'),
      new Option('--identified <how>', 'without a PIN: how a manager, named by --as, has identified the caller'),
      new Option('--contact <who>', 'address or name of the caller; left out: the primary contact'),
      new Option('--severity <1-4>', 'left out: 3'),
      new Option('--kind <kind>').choices(caseKinds.filter((kind) => kind !== 'preview')),
      new Option('--text <text>', 'what the caller reports; left out: the title'),
      new Option('--product <name>'),
      new Option('--product-version <version>'),
    ],
    read: (
      _,
      { site, title, pin, identified, contact, severity, kind, text: said, product, productVersion }: Call,
    ) => ({
      ...{ site, title, pin, identified, contact, severity, kind, text: said, product, version: productVersion },
    }),
  });
  actCommand(group, solveCase, {
    name: 'solve',
    arguments: [number, '[text...]'],
    read: ([on = '', ...said]) => ({ case: on, ...(said.length > 0 && { text: words(said) }) }),
  });
  actCommand(group, closeCase, {
    name: 'close',
    arguments: [number, '[text...]'],
    options: [new Option('--solved', 'the customer has said that it is solved')],
    read: ([on = '', ...said], { solved }: { solved?: boolean }) => ({
      case: on,
      solved,
      ...(said.length > 0 && { text: words(said) }),
    }),
  });
  actCommand(group, reopenCase, {
    name: 'reopen',
    arguments: [number],
    options: [new Option('--reason <text>', 'why it is reopened').makeOptionMandatory()],
    read: ([on], { reason }: { reason: string }) => ({ case: on, reason }),
  });
  actCommand(group, waitForCustomer, {
    name: 'wait',
    arguments: [number],
    options: [
      new Option('--until <time>', 'the day or the moment from which it is ours again'),
      new Option('--days <number>', 'business days of the customer, in place of --until').argParser(Number),
    ],
    read: ([on], { until, days }: { until?: string; days?: number }) => ({ case: on, until, days }),
  });
  actCommand(group, endWait, { name: 'end-wait', arguments: [number], read: ([on = '']) => ({ case: on }) });
  actCommand(group, takeCase, { name: 'take', arguments: [number], read: ([on = '']) => ({ case: on }) });
  actCommand(group, giveBackCase, { name: 'give-back', arguments: [number], read: ([on = '']) => ({ case: on }) });
  actCommand(group, assignCase, {
    name: 'assign',
    arguments: [number, '<who...>'],
    read: ([on = '', ...to]) => ({ case: on, to: words(to) }),
  });
  actCommand(group, writeOnCase, {
    name: 'reply',
    does: 'write to the customer on a case',
    arguments: text,
    options: [
      new Option('--attach <file>', 'goes along; may be given again').argParser(enclosed),
      new Option('--seen <message>', 'the newest message that you have seen: nothing goes out where there is another'),
    ],
    read: ([on = '', ...said], { attach, seen }: { attach?: object[]; seen?: string }) => ({
      case: on,
      text: words(said),
      attachments: attach,
      seen,
    }),
  });
  actCommand(group, writeOnCase, {
    name: 'note',
    does: 'write a note that stays with our people',
    arguments: text,
    read: ([on = '', ...said]) => ({ case: on, text: words(said), note: true }),
  });
  actCommand(group, setKind, {
    name: 'kind',
    arguments: [number, '<kind>', '[id]'],
    options: [
      new Option('--priority <word>', 'of a defect'),
      new Option('--planned <release>', 'what a fix is planned for; the customer is told'),
      new Option('--resolved-in <release>', 'what resolves it; the customer is told'),
      new Option('--declined', 'it will not be done; the customer is told'),
    ],
    read([on = '', kind = '', id], { priority, planned, resolvedIn, declined }: KindOptions, command) {
      if (!(caseKinds as readonly string[]).includes(kind))
        return command.error(`error: "${kind}" is no kind; there are ${caseKinds.join(', ')}`);
      return { case: on, kind, id, priority, planned, resolvedIn, declined };
    },
  });
  actCommand(group, setSeverity, {
    name: 'severity',
    arguments: [number, '<severity>'],
    read: ([on, severity]) => ({ case: on, severity: Number(severity) }),
  });
  actCommand(group, escalateCase, {
    name: 'escalate',
    arguments: [number],
    options: [
      new Option('--plan <text>', 'what is done about an escalated case, as the customer reads it'),
      new Option('--until <day>', 'by when'),
    ],
    read: ([on], { plan, until }: { plan?: string; until?: string }) => ({ case: on, plan, until }),
  });
  const two = (act: AnyAct, name: string, other: string) =>
    actCommand(group, act, {
      name,
      arguments: [number, '<other>'],
      read: ([on, to]) => ({ case: on, [other]: to }),
    });
  two(mergeCase, 'merge', 'into');
  two(unmergeCase, 'unmerge', 'from');
  two(linkCase, 'link', 'to');
  const somebody = (act: AnyAct, name: string) =>
    actCommand(group, act, {
      name,
      arguments: [number, '<address>'],
      read: ([on, address]) => ({ case: on, address }),
    });
  somebody(addParticipant, 'add-participant');
  somebody(leaveCase, 'remove-participant');
  actCommand(group, splitCase, {
    name: 'split',
    arguments: [number, '<mail...>'],
    options: [new Option('--title <text>', 'of the new case').makeOptionMandatory()],
    read: ([on, ...mails], { title }: { title: string }) => ({ case: on, mails, title }),
  });
  actCommand(group, outOfScope, {
    name: 'out-of-scope',
    arguments: [number, '<why...>'],
    read: ([on = '', ...why]) => ({ case: on, why: words(why) }),
  });
}
