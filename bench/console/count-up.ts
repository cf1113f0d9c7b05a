/** Brings the sums of the reports up to the audit of the store, as the clock would in its own time, and says how long that took. */
import { holidaysOf } from '../../src/calendar/holidays.ts';
import { countReports } from '../../src/flows/reports/count-reports.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { now } from '../lib/numbers.ts';

export async function countUp(url: string, say: (line: string) => void): Promise<void> {
  const database = openDatabase(url, silentLog);
  const policy = { publicHolidays: holidaysOf, desk: { timezone: 'Europe/London' } };
  const began = now();
  let all = 0;
  try {
    // What was seen with one tick is counted with the next.
    for (let idle = 0; idle < 3; ) {
      const rows = await countReports({ database, policy }, { goOnFor: 60_000 });
      all += rows;
      idle = rows === 0 ? idle + 1 : 0;
    }
  } finally {
    await database.close();
  }
  const seconds = (now() - began) / 1000;
  if (all > 0)
    say(`counted ${all} rows of the audit in ${seconds.toFixed(0)} s, ${Math.round(all / seconds)} a second`);
}
