/** What the web server is handed. */
import type { AnyAct } from '../acts/act.ts';
import type { Score } from '../cases/satisfaction.ts';
import type { By } from '../changes/by.ts';
import type { DecisionShown, DecisionTold, DecisionTyped } from '../flows/access/decision-page.ts';
import type { ListedAnnouncement } from '../flows/announcements/run-announcements.ts';
import type { ShownAnnouncement } from '../flows/announcements/show-announcement.ts';
import type { AuditTrail } from '../flows/audit/audit-trail.ts';
import type { ShownCase } from '../flows/cases/case-page.ts';
import type { PersonHeld } from '../flows/contacts/export-person.ts';
import type { ListedPeople } from '../flows/contacts/list-people.ts';
import type { PreferencesWish, ShownPreferences } from '../flows/contacts/preferences-page.ts';
import type { ShownAttachment } from '../flows/intake/mail-attachment.ts';
import type { Replayed } from '../flows/intake/replay.ts';
import type { PrivilegedWindow, PrivilegedWindows } from '../flows/pins/privileged-pins.ts';
import type { ListedRenewal, NotTold, RenewalFilter } from '../flows/renewals/list-renewals.ts';
import type { Reports } from '../flows/reports/reports.ts';
import type { ListedSchedule } from '../flows/schedule/list-schedules.ts';
import type { ListedStaff } from '../flows/staff/list-staff.ts';
import type { TemplatePages } from '../flows/templates/template-pages.ts';
import type { ListedJob } from '../flows/upkeep/clock-runs.ts';
import type { Readiness } from '../flows/upkeep/readiness.ts';
import type { ListedRetention } from '../flows/upkeep/retention.ts';
import type { Webhooks } from '../flows/webhooks/webhooks.ts';
import type { Log } from '../foundation/log.ts';
import type { QueueBackend } from '../queues/types.ts';
import type { Perform } from './api/act-route.ts';
import type { ConsoleDeps } from './console/deps.ts';
import type { AskedSatisfaction } from './customers/cases/satisfaction.ts';
import type { PrometheusMeter } from './metrics.ts';

/** What the API may cause. What is left out answers 404. */
export type WebActions = {
  /** Does an act, or says what would follow. */
  perform?: Perform;
  replay?(id: string, how: { dryRun: boolean; by: By }): Promise<Replayed>;
  /** An attachment of a mail, from 0; null where there is none. */
  attachment?(mail: string, index: number): Promise<ShownAttachment | null>;
  /** Privileged PINs as they stand; these fail with `not-found`, and never show one. */
  privilegedPins?: {
    one(pin: string): Promise<PrivilegedWindow>;
    window(by: { pin: string } | { site: string }): Promise<PrivilegedWindows>;
  };
  /** Our people, those of postern.yaml first. */
  listStaff?(): Promise<readonly ListedStaff[]>;
  /** Announcements as they stand, newest first. */
  listAnnouncements?(): Promise<readonly ListedAnnouncement[]>;
  /** By id or name. */
  showAnnouncement?(id: string): Promise<ShownAnnouncement | null>;
  /** Who did what. */
  audit?: Pick<AuditTrail, 'list'>;
  /** Templates of letters, and what of them was changed here. */
  templates?: Pick<TemplatePages, 'list' | 'one'>;
  /** Where other programs hear what happens. */
  webhooks?: Webhooks;
  /** What goes out on a schedule, and when next. */
  listSchedules?(): Promise<readonly ListedSchedule[]>;
  /** Letters about renewals; `text` is how one reads as it would go out, null where nobody is told of it any more. */
  renewals?: {
    list(filter: RenewalFilter): Promise<readonly ListedRenewal[]>;
    one(id: string): Promise<ListedRenewal | null>;
    text(id: string): Promise<{ readonly subject: string; readonly text: string } | null>;
    notTold(): Promise<{ readonly items: readonly NotTold[]; readonly csv: string }>;
  };
  /** Jobs of the clock, with what they last came to. */
  listJobs?(): Promise<readonly ListedJob[]>;
  /** How long what is stored is kept, and how much is past its time. */
  listRetention?(): Promise<readonly ListedRetention[]>;
  /** How a case stands, behind the link of a letter about it; null: it shows nothing. */
  casePages?: { find(token: string): Promise<ShownCase | null> };
  /** What a page behind the link of a letter asks; null, false: it takes no answer. */
  satisfaction?: {
    find(token: string): Promise<AskedSatisfaction | null>;
    give(token: string, score: Score): Promise<boolean>;
  };
  /** The page behind the link of a letter that asks for a decision about access; null: nobody was sent it. */
  decisionPages?: {
    find(token: string): Promise<DecisionShown | null>;
    decide(token: string, typed: DecisionTyped): Promise<DecisionTold | null>;
  };
  /**
   * The page of preferences behind the link of a letter that can be ended; null: a link that we have not made; `gone`: one that has
   * outlived whom it was for.
   */
  preferences?: {
    find(token: string): Promise<ShownPreferences | 'gone' | null>;
    set(token: string, wish: PreferencesWish): Promise<ShownPreferences | 'gone' | null>;
  };
  /** The people of a site; null where there is none. */
  listPeople?(site: string): Promise<ListedPeople | null>;
  /** What is held of the person with this address; null where nothing is. */
  personHeld?(address: string): Promise<PersonHeld | null>;
  /** A site in the registry's form; null where there is none. */
  exportSite?(number: string): Promise<unknown>;
};

export type CaughtLetter = {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string | null;
};
export type ShownLetter = CaughtLetter & {
  readonly html: string | null;
  readonly text: string;
  /** As written, unfolded, in the order of the letter. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly raw: Uint8Array;
};
/** The letters that the demo caught instead of sending them. */
export type SandboxLetters = {
  /** Newest first. */
  list(): readonly CaughtLetter[];
  get(id: string): Promise<ShownLetter | null>;
};

export type WebDeps = {
  readonly reports: Reports;
  readonly queues: QueueBackend | null;
  /** Null: no API, no view of the queues. */
  readonly apiToken: string | null;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: PrometheusMeter;
  readonly log: Log;
  readonly publicUrl: string;
  readonly actions: WebActions;
  /** What can be asked for by its name. */
  readonly acts: readonly AnyAct[];
  readonly sandbox?: SandboxLetters;
  /** For people who sign in: put together when the first of its pages is asked for. Left out: there is none. */
  readonly console?: () => Promise<ConsoleDeps>;
};
