import { setUpOf } from '../src/config/settings.ts';
import { openDecisionPages } from '../src/flows/access/decision-page.ts';
import { perform } from '../src/flows/acts/perform.ts';
import { showAnnouncement } from '../src/flows/announcements/show-announcement.ts';
import { openCasePages } from '../src/flows/cases/case-page.ts';
import { openSatisfaction } from '../src/flows/cases/satisfaction.ts';
import { personHeld } from '../src/flows/contacts/export-person.ts';
import { listPeople } from '../src/flows/contacts/list-people.ts';
import { openPreferences } from '../src/flows/contacts/preferences-page.ts';
import { mailAttachment } from '../src/flows/intake/mail-attachment.ts';
import { replayStoredMail } from '../src/flows/intake/replay.ts';
import { tokenProblems } from '../src/flows/mailboxes/keep-tokens.ts';
import { privilegedWindow, privilegedWindows } from '../src/flows/pins/privileged-pins.ts';
import { openRenewals } from '../src/flows/renewals/list-renewals.ts';
import { openReports } from '../src/flows/reports/reports.ts';
import { listSchedules } from '../src/flows/schedule/list-schedules.ts';
import { listStaff } from '../src/flows/staff/list-staff.ts';
import { listJobs } from '../src/flows/upkeep/clock-runs.ts';
import { readiness } from '../src/flows/upkeep/readiness.ts';
import { listRetention } from '../src/flows/upkeep/retention.ts';
import { openWebhooks } from '../src/flows/webhooks/webhooks.ts';
import { Failure } from '../src/foundation/failure.ts';
import { listenFault } from '../src/foundation/faults/outside-fault.ts';
import type { App } from '../src/runtime/app.ts';
import { cutInThread } from '../src/runtime/parser/ask-mail.ts';
import { listAnnouncements } from '../src/store/announcements/list-announcements.ts';
import { exportSite } from '../src/store/registry/registry.ts';
import type { ConsoleDeps } from '../src/web/console/deps.ts';
import type { SandboxLetters } from '../src/web/deps.ts';
import type { createMeter } from '../src/web/metrics.ts';
import { createWeb } from '../src/web/server.ts';
import { clockJobs } from './clock-jobs.ts';
import type { Worker } from './worker.ts';

export type WebWorker = Worker & { readonly port: number };

/** Console, API, health and metrics. `others` are the workers of this process, for readiness. */
export async function startWeb(
  app: App,
  given: { metrics: ReturnType<typeof createMeter>; others: () => readonly Worker[]; sandbox?: SandboxLetters },
): Promise<WebWorker> {
  const { settings, database, queues, log } = app;
  const { vault } = app;
  let opened: ConsoleDeps | null = null;
  const templatePages = async () => (await import('../src/flows/templates/template-pages.ts')).openTemplatePages(app);
  const told = () => given.others().flatMap((worker) => worker.problems());
  const web = createWeb({
    async console() {
      const { openConsole } = await import('./console.ts');
      opened = openConsole(app, told);
      return opened;
    },
    reports: openReports(database, app.settings.policy.publicHolidays),
    queues,
    apiToken: settings.apiToken,
    readiness: async () => {
      const problems = new Set([...told(), ...(await tokenProblems(database, settings.mailboxes))]);
      return readiness({ database, queues, problems: [...problems], setUp: setUpOf(settings) });
    },
    metrics: given.metrics,
    log,
    publicUrl: settings.publicUrl,
    acts: app.acts,
    actions: {
      perform: (act, input, how) => perform(app, { act, input, ...how }),
      replay: (id, options) => replayStoredMail(app.intake(), id, options),
      attachment: (mail, index) => mailAttachment({ database, vault, cut: cutInThread }, mail, index),
      privilegedPins: {
        one: (pin) => privilegedWindow(app, pin),
        window: (by) => privilegedWindows(app, by),
      },
      listPeople: (site) => listPeople(app, site),
      templates: {
        list: async () => (await templatePages()).list(),
        one: async (language, name) => (await templatePages()).one(language, name),
      },
      audit: {
        list: async (asked) => (await import('../src/flows/audit/audit-trail.ts')).openAuditTrail(database).list(asked),
      },
      webhooks: openWebhooks({ ...app, perform: (act, input, how) => perform(app, { act, input, ...how }) }),
      listAnnouncements: () => listAnnouncements(database),
      showAnnouncement: (id) => showAnnouncement(app, id),
      listSchedules: () => listSchedules(app),
      renewals: openRenewals(app),
      listJobs: () => listJobs(database, clockJobs(app)),
      listRetention: () => listRetention({ database, retention: settings.retention }),
      listStaff: () => listStaff(app),
      personHeld: (address) => personHeld(app, address),
      decisionPages: openDecisionPages({ ...app, keys: settings.keys }),
      preferences: openPreferences({ ...app, keys: settings.keys }),
      casePages: openCasePages({ ...app, keys: settings.keys }),
      satisfaction: openSatisfaction({ ...app, keys: settings.keys }),
      exportSite: (number) => exportSite(database, number),
    },
    ...(given.sandbox ? { sandbox: given.sandbox } : {}),
  });
  const listening = await web.listen(settings.httpListen).catch((error: unknown) => {
    throw new Failure('settings-unusable', listenFault(error, 'HTTP_LISTEN', settings.httpListen));
  });
  const close = async () => {
    await listening.close();
    // Codes that were asked for are on their way before their mail server is closed.
    await opened?.signIn.codes.settled();
    await opened?.bulk.settled();
  };
  return { name: 'web', port: listening.port, problems: () => [], close };
}
