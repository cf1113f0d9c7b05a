/** What the console is handed, put together with the first request for one of its pages. */
import { perform } from '../src/flows/acts/perform.ts';
import { openBulkRuns } from '../src/flows/bulk/bulk-runs.ts';
import { letterSender } from '../src/flows/letters/send-letter.ts';
import { openSignIn } from '../src/flows/sign-in/sign-in.ts';
import { openStaffPages } from '../src/flows/staff/staff-pages.ts';
import type { App } from '../src/runtime/app.ts';
import { openProvider } from '../src/sign-in/provider.ts';
import { bulkFigures } from '../src/web/console/bulk/figures.ts';
import type { ConsoleDeps } from '../src/web/console/deps.ts';
import { overviewDeps } from './overview-deps.ts';

function signInOf(app: App): ConsoleDeps['signIn'] {
  const { publicUrl, loginProvider, demo } = app.settings;
  let send: ReturnType<typeof letterSender> | null = null;
  return openSignIn({
    ...app,
    publicUrl,
    provider: loginProvider && openProvider(loginProvider),
    isDemo: demo,
    sendNow: (letter) => {
      send ??= letterSender(app.outbound());
      return send({ letter, fence: '1' });
    },
  });
}

/** `problems`: what the workers of this process say is wrong. */
export function openConsole(app: App, problems: () => readonly string[] = () => []): ConsoleDeps {
  const { publicUrl, trustedProxies } = app.settings;
  const { acts, log, queues, database } = app;
  const performs: ConsoleDeps['perform'] = (act, input, how) => perform(app, { act, input, ...how });
  const bulk = openBulkRuns({ database, acts, log, perform: performs });
  return {
    perform: performs,
    bulk,
    figures: [bulkFigures(bulk)],
    ...{ acts, log, queues, publicUrl, trustedProxies },
    zone: app.policy.desk.timezone,
    signIn: signInOf(app),
    staff: openStaffPages(app),
    ...overviewDeps(app, problems),
  };
}
