import { expect, it } from 'vitest';
import { silentLog } from '../../../src/foundation/log.ts';
import { createMeter } from '../../../src/web/metrics.ts';
import { createWeb } from '../../../src/web/server.ts';

it('loads the console anew with the next request where it could not be loaded', async () => {
  let tries = 0;
  const web = createWeb({
    reports: {} as never,
    queues: null,
    apiToken: null,
    readiness: async () => ({ ready: true, reasons: [], notes: [] }),
    metrics: createMeter(),
    log: silentLog,
    publicUrl: 'http://127.0.0.1:8080',
    actions: {},
    acts: [],
    console: async () => {
      tries += 1;
      throw new Error('the database is not there yet');
    },
  });
  for (const so of [1, 2]) {
    expect((await web.fetch(new Request('http://127.0.0.1:8080/keys'))).status).toBe(500);
    expect(tries).toBe(so);
  }
});
