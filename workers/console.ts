/** What the console is handed, put together with the first request for one of its pages. */
import { openAccessDesk } from '../src/flows/access/access-desk.ts';
import { perform } from '../src/flows/acts/perform.ts';
import { openAnnouncementDesk } from '../src/flows/announcements/announcement-desk.ts';
import { openAuditTrail } from '../src/flows/audit/audit-trail.ts';
import { openBulkRuns } from '../src/flows/bulk/bulk-runs.ts';
import { openCaseLists } from '../src/flows/cases/listed/case-lists.ts';
import { openCaseDesk } from '../src/flows/cases/one/case-desk.ts';
import { letterSender } from '../src/flows/letters/send-letter.ts';
import { openLetters } from '../src/flows/letters/shown-letter.ts';
import { openHeldDesk } from '../src/flows/mail/held-desk.ts';
import { openCustomers } from '../src/flows/registry/customers.ts';
import { openRenewalDesk } from '../src/flows/renewals/renewal-desk.ts';
import { openReportPages } from '../src/flows/reports/report-pages.ts';
import { openAttestationRounds } from '../src/flows/schedule/attestation-rounds.ts';
import { openSignIn } from '../src/flows/sign-in/sign-in.ts';
import { openStaffPages } from '../src/flows/staff/staff-pages.ts';
import { openTemplatePages } from '../src/flows/templates/template-pages.ts';
import { openWebhooks } from '../src/flows/webhooks/webhooks.ts';
import type { App } from '../src/runtime/app.ts';
import { openProvider } from '../src/sign-in/provider.ts';
import { accessFigures } from '../src/web/console/access/figures.ts';
import { bulkFigures } from '../src/web/console/bulk/figures.ts';
import { caseFigures } from '../src/web/console/cases/figures.ts';
import type { ConsoleDeps } from '../src/web/console/deps.ts';
import { heldFigures } from '../src/web/console/held/figures.ts';
import { letterFigures } from '../src/web/console/letters/figures.ts';
import { mailFigures } from '../src/web/console/mails/figures.ts';
import { renewalFigures } from '../src/web/console/renewals/figures.ts';
import { webhookFigures } from '../src/web/console/webhooks/figures.ts';
import { mailsOf } from './console-mails.ts';
import { policyPagesOf } from './console-policy.ts';
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
  const hearers: (() => void)[] = [];
  const done = (): void => {
    for (const hear of hearers) hear();
  };
  const performs: ConsoleDeps['perform'] = async (act, input, how) => {
    const outcome = await perform(app, { act, input, ...how });
    if (outcome.kind === 'done' && !how.preview) done();
    return outcome;
  };
  const opened = openLetters(app);
  const letters: ConsoleDeps['letters'] = {
    ...opened,
    pause: (reason, by) => opened.pause(reason, by).finally(done),
    resume: (by) => opened.resume(by).finally(done),
  };
  const bulk = openBulkRuns({ database, acts, log, perform: performs });
  const held = openHeldDesk(app);
  const mails = mailsOf(app);
  const [access, renewals] = [openAccessDesk(app), openRenewalDesk(app)];
  const cases = openCaseLists(app);
  const webhooks = openWebhooks({ ...app, perform: performs });
  return {
    perform: performs,
    mails,
    bulk,
    cases,
    figures: [
      bulkFigures(bulk),
      heldFigures(held),
      mailFigures(mails),
      () => letterFigures(letters),
      () => accessFigures(access),
      () => renewalFigures(renewals),
      caseFigures(cases),
      () => webhookFigures(webhooks),
    ],
    ...{ acts, log, queues, publicUrl, trustedProxies },
    zone: app.policy.desk.timezone,
    signIn: signInOf(app),
    staff: openStaffPages(app),
    held,
    caseDesk: openCaseDesk(app),
    letters,
    customers: openCustomers({ ...app, languages: async () => Object.keys(app.templates.now().letters) }),
    ...{ access, renewals, rounds: openAttestationRounds(app), announcements: openAnnouncementDesk(app) },
    webhooks,
    audit: openAuditTrail(app.database),
    templatePages: openTemplatePages(app),
    policyPages: policyPagesOf(app),
    reports: openReportPages(app.database, app.policy.desk.timezone),
    onDone: (hear) => void hearers.push(hear),
    ...overviewDeps(app, problems, done),
  };
}
