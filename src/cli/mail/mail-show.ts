/** One mail as a person needs it to act on it: who wrote when, what was decided and why, its text, and what can be done. */
import type { Command } from 'commander';
import { canBe } from '../../changes/outcome.ts';
import { maskPrivilegedPins } from '../../foundation/pin-form.ts';
import { mailText } from '../../store/reports/mail-text.ts';
import { findMail, type MailDetail } from '../../store/reports/reports.ts';
import { withApp } from '../open.ts';
import { paint, print, printJson, terminalColumns, wrap } from '../output/terminal.ts';
import { printAttachments, printText } from '../output/text-lines.ts';
import { readableTimes, utc } from '../output/times.ts';

/** The commands by which somebody goes on from here; none where nothing is left to be done. */
function nextOf({ id, state, outcome, case: on }: MailDetail): string[] {
  if (on !== null) return [`postern case ${on}`];
  if (state === 'dead') return [`postern mail replay ${id}`];
  return canBe(outcome).map((act) => `postern mail ${act} ${id}`);
}

function head(mail: MailDetail): void {
  const put = (label: string, value: string) => {
    for (const [i, line] of wrap(maskPrivilegedPins(value), terminalColumns() - 11).entries())
      print(`  ${paint('dim', (i === 0 ? label : '').padEnd(7))}  ${line}`);
  };
  print(`${paint('bold', `Mail ${mail.id}`)}  ${maskPrivilegedPins(mail.subject || '(no subject)')}`);
  put('from', mail.from ?? 'no sender');
  if (mail.to.length > 0) put('to', mail.to.join(', '));
  put('arrived', utc(mail.arrivedAt));
  put('outcome', mail.outcome ?? (mail.state === 'dead' ? 'given up' : 'not decided yet'));
  if (mail.reason) put('why', readableTimes(mail.reason));
  if (mail.duplicateOf) put('copy of', `mail ${mail.duplicateOf}`);
  for (const [i, command] of nextOf(mail).entries()) put(i === 0 ? 'next' : '', command);
}

async function show(id: string, options: { json?: boolean }): Promise<void> {
  await withApp(async (app) => {
    const mail = /^[0-9]{1,18}$/.test(id) ? await findMail(app.database, id) : null;
    if (mail === null) {
      process.stderr.write(`There is no mail ${id}.\n`);
      process.exitCode = 1;
      return;
    }
    const said = await mailText(app.database, id);
    const text = said === null ? null : maskPrivilegedPins(said.text);
    if (options.json) {
      const { decisions: _, arrivals: __, ...line } = mail;
      return printJson({ ...line, subject: mail.subject && maskPrivilegedPins(mail.subject), text });
    }
    head(mail);
    print('');
    if (text === null) print(paint('dim', '  Its text could not be read, or is kept no longer.'));
    else printText(text);
    printAttachments(said?.attachments ?? []);
  });
}

export function showCommand(mail: Command): void {
  mail
    .command('show')
    .argument('<id>')
    .option('--json', 'as JSON')
    .description('one mail: its text, what was decided and why, and what can be done with it')
    .action(show);
}
