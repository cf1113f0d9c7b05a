/** What the console is handed, put together with the first request for one of its pages. */
import { perform } from '../src/flows/acts/perform.ts';
import { openAuditTrail } from '../src/flows/audit/audit-trail.ts';
import { openBulkRuns } from '../src/flows/bulk/bulk-runs.ts';
import { letterSender } from '../src/flows/letters/send-letter.ts';
import { openLetters } from '../src/flows/letters/shown-letter.ts';
import { openHeldDesk } from '../src/flows/mail/held-desk.ts';
import { openSignIn } from '../src/flows/sign-in/sign-in.ts';
import { openStaffPages } from '../src/flows/staff/staff-pages.ts';
import { openWebhooks } from '../src/flows/webhooks/webhooks.ts';
import type { App } from '../src/runtime/app.ts';
import { openProvider } from '../src/sign-in/provider.ts';
import { bulkFigures } from '../src/web/console/bulk/figures.ts';
import type { ConsoleDeps } from '../src/web/console/deps.ts';
import { heldFigures } from '../src/web/console/held/figures.ts';
import { letterFigures } from '../src/web/console/letters/figures.ts';
import { mailFigures } from '../src/web/console/mails/figures.ts';
import { webhookFigures } from '../src/web/console/webhooks/figures.ts';
import { mailsOf } from './console-mails.ts';
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
  const letters = openLetters(app);
  const { acts, log, queues, database } = app;
  const performs: ConsoleDeps['perform'] = (act, input, how) => perform(app, { act, input, ...how });
  const bulk = openBulkRuns({ database, acts, log, perform: performs });
  const held = openHeldDesk(app);
  const mails = mailsOf(app);
  const webhooks = openWebhooks({ ...app, perform: performs });
  return {
    perform: performs,
    mails,
    bulk,
    figures: [
      bulkFigures(bulk),
      heldFigures(held),
      mailFigures(mails),
      () => letterFigures(letters),
      () => webhookFigures(webhooks),
    ],
    ...{ acts, log, queues, publicUrl, trustedProxies },
    zone: app.policy.desk.timezone,
    signIn: signInOf(app),
    staff: openStaffPages(app),
    held,
    letters,
    webhooks,
    audit: openAuditTrail(app.database),
    ...overviewDeps(app, problems),
  };
}
