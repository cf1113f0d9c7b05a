import { acts } from '../src/acts/list.ts';
import { setUpOf } from '../src/config/settings.ts';
import { perform } from '../src/flows/acts/perform.ts';
import { tokenProblems } from '../src/flows/keep-tokens.ts';
import { mailAttachment } from '../src/flows/mail-attachment.ts';
import {
  issuePrivileged,
  privilegedWindows,
  redeemPrivileged,
  revokePrivileged,
} from '../src/flows/privileged-pins.ts';
import { readiness } from '../src/flows/readiness.ts';
import { putSite } from '../src/flows/registry.ts';
import { replayMail } from '../src/flows/replay.ts';
import { Failure } from '../src/foundation/failure.ts';
import { listenFault } from '../src/foundation/outside-fault.ts';
import { cutInThread } from '../src/runtime/cut-attachment.ts';
import type { House } from '../src/runtime/house.ts';
import { exportSite } from '../src/store/registry.ts';
import type { SandboxLetters } from '../src/web/deps.ts';
import type { createMeter } from '../src/web/metrics.ts';
import { createWeb } from '../src/web/server.ts';
import type { Worker } from './worker.ts';

export type Web = Worker & { readonly port: number };

/** API, health, metrics and the queue board. `others` are the workers of this process, for readiness. */
export async function startWeb(
  house: House,
  given: { metrics: ReturnType<typeof createMeter>; others: () => readonly Worker[]; sandbox?: SandboxLetters },
): Promise<Web> {
  const { settings, database, queues, log } = house;
  const actor = 'api';
  const { shop, relay, vault } = house;
  const privileged = { database, shop, relay, vault, policy: settings.policy };
  const web = createWeb({
    database,
    queues,
    apiToken: settings.apiToken,
    readiness: async () => {
      const told = given.others().flatMap((worker) => worker.problems());
      const problems = new Set([...told, ...(await tokenProblems(database, settings.mailboxes))]);
      return readiness({ database, queues, problems: [...problems], setUp: setUpOf(settings) });
    },
    metrics: given.metrics,
    log,
    publicUrl: settings.publicUrl,
    acts,
    actions: {
      perform: (act, input, how) => perform(house, { act, input, ...how }),
      replay: (id, options) => replayMail(house.intake(), id, options),
      attachment: (mail, index) => mailAttachment({ database, vault, cut: cutInThread }, mail, index),
      privilegedPins: {
        issue: (asked) => issuePrivileged(privileged, asked, { kind: 'api', staff: null }),
        redeem: (pin) => redeemPrivileged(privileged, pin, { kind: 'api', staff: null }),
        revoke: (pin) => revokePrivileged(privileged, pin, { kind: 'api', staff: null }),
        window: (by) => privilegedWindows(privileged, by),
      },
      exportSite: (number) => exportSite(database, number),
      putSite: (number, site) => putSite(database, number, site, actor, house.settings.policy),
    },
    ...(given.sandbox ? { sandbox: given.sandbox } : {}),
  });
  const listening = await web.listen(settings.httpListen).catch((error: unknown) => {
    throw new Failure('settings-unusable', listenFault(error, 'HTTP_LISTEN', settings.httpListen));
  });
  return { name: 'web', port: listening.port, problems: () => [], close: () => listening.close() };
}
