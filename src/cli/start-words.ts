/** What `postern start` prints on a terminal, one line each: what is read, what takes mail, where to look, and what is missing. */
import { type Settings, setUpOf } from '../config/settings.ts';
import { missingSettings } from '../flows/upkeep/missing-settings.ts';
import type { App } from '../runtime/app.ts';
import { mailboxLedger } from '../store/mailboxes/mailboxes.ts';
import { customersOf } from '../store/registry/registry.ts';
import { utc } from './output/times.ts';

type Line = readonly [label: string, says: string];

const at = ({ host, port }: { host: string; port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The mark is there from the second start on; before it the answer is what the settings ask for. */
async function readingLines(app: App): Promise<Line[]> {
  const ledger = mailboxLedger(app.database);
  const lines: Line[] = [];
  for (const box of app.settings.mailboxes) {
    const mark = await ledger.load(box.name);
    const since = mark ? (mark.since ?? mark.firstSeenAt) : box.since;
    const from = since ? `mail from ${utc(since)} on` : 'mail that comes from now on';
    lines.push(['reads', `mailbox ${box.name} (${box.user} at ${at(box)}, folder ${box.folder}): ${from}`]);
  }
  return lines;
}

function takingLines({ lmtpListen, smtpListen, ours }: Settings): Line[] {
  const listeners = [lmtpListen && `LMTP at ${at(lmtpListen)}`, smtpListen && `SMTP at ${at(smtpListen)}`].filter(
    Boolean,
  );
  return listeners.length === 0 ? [] : [['takes', `${listeners.join(', ')}, for ${ours.join(', ')}`]];
}

function sendingLine({ smtpUrl }: Settings): Line[] {
  if (smtpUrl === null) return [];
  const { host } = new URL(smtpUrl);
  return [['sends', `letters by ${host}`]];
}

/** `workers`: the name of the worker, `all` for every one in this process. */
export async function startWords(app: App, worker: string): Promise<Line[]> {
  const { settings } = app;
  const does = (name: string) => worker === 'all' || worker === name;
  const lines: Line[] = [];
  if (does('inbox')) lines.push(...(await readingLines(app)), ...takingLines(settings));
  if (does('inbox') && settings.mailboxes.length === 0 && !settings.lmtpListen && !settings.smtpListen)
    lines.push(['missing', 'there is no way in for mail: set IMAP_URL, LMTP_LISTEN or SMTP_LISTEN']);
  if (does('outbound')) {
    lines.push(...sendingLine(settings));
    if (settings.smtpUrl === null) lines.push(['missing', 'SMTP_URL is not set: letters are written and wait']);
  }
  if (does('web')) {
    lines.push(['look at', `http://${at(settings.httpListen)}/`]);
    if (settings.apiToken === null) lines.push(['missing', 'API_TOKEN is not set: there is no API, and no queue page']);
  }
  const customers = await customersOf(app.database);
  for (const one of missingSettings(setUpOf(settings), customers)) lines.push(['missing', `${one.says}: ${one.todo}`]);
  return lines;
}
