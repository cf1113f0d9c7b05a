/** What every command opens: settings, log, app. */
import type { AnyAct } from '../acts/act.ts';
import { type Need, readSettings, type Settings } from '../config/settings.ts';
import { silentLog } from '../foundation/log.ts';
import { type Meter, silentMeter } from '../foundation/meter.ts';
import { type App, openApp } from '../runtime/app.ts';
import { openLog } from '../runtime/log.ts';

export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** A command joins the database, and starts it for as long as it needs it where none runs. Nothing of it is logged. */
export async function openForCommand(
  settings: Settings = readSettings('command'),
  how: { readonly acts?: readonly AnyAct[] } = {},
): Promise<App> {
  return openApp({ settings, log: silentLog, meter: silentMeter, hold: 'join', say, threads: 1, ...how });
}

export async function withApp<T>(work: (app: App) => Promise<T>, acts?: readonly AnyAct[]): Promise<T> {
  const app = await openForCommand(undefined, acts && { acts });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

export async function openForWork(name: string, need: Need, hold: 'start' | 'join', meter: Meter): Promise<App> {
  const settings = readSettings(need);
  const log = openLog(settings.logLevel, name, process.stderr.isTTY ? 'words' : 'json');
  return openApp({ settings, log, meter, hold, say, stays: true });
}
