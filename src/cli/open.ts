/** What every command opens: settings, log, house. */
import { type Need, readSettings, type Settings } from '../config/settings.ts';
import { silentLog } from '../foundation/log.ts';
import { type Meter, silentMeter } from '../foundation/meter.ts';
import { type House, openHouse } from '../runtime/house.ts';
import { openLog } from '../runtime/log.ts';

export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** A command joins the database, and starts it for as long as it needs it where none runs. Nothing of it is logged. */
export async function openForCommand(settings: Settings = readSettings('command')): Promise<House> {
  return openHouse({ settings, log: silentLog, meter: silentMeter, hold: 'join', say, threads: 1 });
}

export async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const house = await openForCommand();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

export async function openForWork(name: string, need: Need, hold: 'start' | 'join', meter: Meter): Promise<House> {
  const settings = readSettings(need);
  const log = openLog(settings.logLevel, name, process.stderr.isTTY ? 'words' : 'json');
  return openHouse({ settings, log, meter, hold, say });
}
