/** Sends what is due to webhooks, in a process that a test kills. */
import { watchWebhooks } from '../../../src/flows/webhooks/deliver.ts';
import { silentLog } from '../../../src/foundation/log.ts';
import { silentMeter } from '../../../src/foundation/meter.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { sealer } from '../../../src/vault/seal.ts';

watchWebhooks(
  {
    database: openDatabase(process.env.DATABASE_URL ?? '', silentLog),
    vault: sealer(['a key of thirty-two bytes or more for tests']),
    log: silentLog,
    meter: silentMeter,
    policy: { desk: { webhookPrivate: ['127.0.0.0/8'] } },
  },
  50,
);
