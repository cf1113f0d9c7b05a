/** A Postern without workers, whose webhooks are sent when a test says so, at the moment that it says. */
import pg from 'pg';
import type { ActName } from '../../src/acts/list.ts';
import type { ToldEvent } from '../../src/changes/webhooks/told.ts';
import { readSettings } from '../../src/config/settings.ts';
import { perform } from '../../src/flows/acts/perform.ts';
import { deliverDue, type WebhookDeps } from '../../src/flows/webhooks/deliver.ts';
import { openWebhooks } from '../../src/flows/webhooks/webhooks.ts';
import { silentLog } from '../../src/foundation/log.ts';
import { silentMeter } from '../../src/foundation/meter.ts';
import { type App, openApp } from '../../src/runtime/app.ts';
import { tellWebhooks } from '../../src/store/webhooks/tell.ts';
import { key } from './app.ts';
import { remove, scratch } from './process.ts';
import { emptyTables, freshDatabase } from './servers/postgres.ts';

const by = { kind: 'command', staff: null } as const;

export async function startWebhookDesk(allowed = '127.0.0.0/8') {
  const database = await freshDatabase();
  const folder = scratch('webhooks');
  const settings = readSettings('work', {
    folder,
    env: {
      DATABASE_URL: database.url,
      SUPPORT_ADDRESS: 'support@desk.example',
      SECRET_KEY: key,
      DNS_SERVERS: 'off',
      WEBHOOK_PRIVATE: allowed,
    },
  });
  const app: App = await openApp({
    settings,
    log: silentLog,
    meter: silentMeter,
    hold: 'join',
    say() {},
    threads: 1,
  });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const query = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await client.query<T>(text, values)).rows;
  const deps: WebhookDeps = {
    database: app.database,
    vault: app.vault,
    log: silentLog,
    meter: silentMeter,
    policy: settings.policy,
    sending: { timeoutMs: 10_000 },
  };
  const asked = (act: ActName, input: unknown) => perform(app, { act, input: input as never, by });
  /** Done, or the test fails. */
  const act = async (name: ActName, input: unknown) => {
    const parsed = app.acts.find((one) => one.name === name)?.input.parse(input);
    const outcome = await asked(name, parsed);
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.made;
  };
  return {
    app,
    url: database.url,
    deps,
    query,
    act,
    asked,
    webhooks: openWebhooks({ ...app, perform: (name, input, how) => perform(app, { act: name, input, ...how }) }),
    /** Its id. */
    async add(url: string, topics: readonly string[] = ['*']): Promise<string> {
      const [made] = await act('add-webhook', { url, topics });
      return made?.kind === 'webhook-added' ? (made.webhook ?? '') : '';
    },
    secretsOf: async (webhook: string): Promise<string[]> => {
      const shown = await openWebhooks({
        ...app,
        perform: (name, input, how) => perform(app, { act: name, input, ...how }),
      }).secrets(webhook, by);
      return shown.kind === 'shown' ? shown.secrets.map(({ secret }) => secret) : [];
    },
    /** As a commit tells of it. */
    tell: (...told: readonly ToldEvent[]) => app.database.transaction((tx) => tellWebhooks(tx, told)),
    deliver: (at: string | null = null, sending: Partial<WebhookDeps['sending']> = {}) =>
      deliverDue({ ...deps, sending: { ...deps.sending, ...sending } }, at),
    anew: () => emptyTables(query),
    async stop() {
      await client.end();
      await app.close();
      await database.drop();
      remove(folder);
    },
  };
}
export type WebhookDesk = Awaited<ReturnType<typeof startWebhookDesk>>;

export const ofCase = (number: string, n: number): ToldEvent => ({
  topic: 'case.updated',
  key: `case:${number}`,
  data: { change: 'case-updated', by: 'contact', case: number, mail: `${n}` },
});
