/** What the console is handed, a member for each subject. */
import type { AnyAct } from '../../acts/act.ts';
import type { By } from '../../changes/by.ts';
import type { AccessDesk } from '../../flows/access/access-desk.ts';
import type { CommitOutcome } from '../../flows/acts/commit.ts';
import type { AnnouncementDesk } from '../../flows/announcements/announcement-desk.ts';
import type { AuditTrail } from '../../flows/audit/audit-trail.ts';
import type { BulkRuns } from '../../flows/bulk/bulk-runs.ts';
import type { CaseLists } from '../../flows/cases/listed/case-lists.ts';
import type { CaseDesk } from '../../flows/cases/one/case-desk.ts';
import type { Letters } from '../../flows/letters/shown-letter.ts';
import type { HeldDesk } from '../../flows/mail/held-desk.ts';
import type { MailPages } from '../../flows/mail/mail-pages.ts';
import type { PolicyPages } from '../../flows/policy/policy-pages.ts';
import type { Customers } from '../../flows/registry/customers.ts';
import type { RenewalDesk } from '../../flows/renewals/renewal-desk.ts';
import type { ReportPages } from '../../flows/reports/report-pages.ts';
import type { AttestationRounds } from '../../flows/schedule/attestation-rounds.ts';
import type { SignIn } from '../../flows/sign-in/sign-in.ts';
import type { StaffPages } from '../../flows/staff/staff-pages.ts';
import type { TemplatePages } from '../../flows/templates/template-pages.ts';
import type { Webhooks } from '../../flows/webhooks/webhooks.ts';
import type { Log } from '../../foundation/log.ts';
import type { QueueBackend } from '../../queues/types.ts';
import type { Figures } from './live/figures.ts';
import type { OverviewDeps, QueuesDeps } from './overview/deps.ts';

/** Does an act, or says what would follow. */
export type ConsolePerform = (
  act: string,
  input: unknown,
  how: { by: By; preview: boolean; expect?: string },
) => Promise<CommitOutcome>;

export type ConsoleDeps = {
  readonly perform: ConsolePerform;
  readonly acts: readonly AnyAct[];
  readonly log: Log;
  /** As browsers name it: forms that come from elsewhere are refused. */
  readonly publicUrl: string;
  /** Who is signed in, and every way in. */
  readonly signIn: SignIn;
  /** Addresses and networks of proxies that are believed about where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** Of the desk: IANA name. */
  readonly zone: string;
  readonly staff: StaffPages;
  readonly held: HeldDesk;
  readonly cases: CaseLists;
  readonly caseDesk: CaseDesk;
  readonly letters: Letters;
  readonly access: AccessDesk;
  /** Who may open cases, asked each quarter. */
  readonly rounds: AttestationRounds;
  readonly renewals: RenewalDesk;
  readonly announcements: AnnouncementDesk;
  readonly audit: AuditTrail;
  readonly customers: Customers;
  readonly reports: ReportPages;
  readonly mails: MailPages;
  readonly templatePages: TemplatePages;
  readonly policyPages: PolicyPages;
  readonly webhooks: Webhooks;
  readonly overview: OverviewDeps;
  /** Of the queues and mailboxes. */
  readonly queuePages: QueuesDeps;
  /** One act on many things. */
  readonly bulk: BulkRuns;
  /** For the board; null: there are none in this process. */
  readonly queues: QueueBackend | null;
  /** Figures that are shown live, one source a subject: all are asked at once, at most every 5 s and while somebody looks. */
  readonly figures?: readonly (() => Promise<Figures>)[];
  /** Hears of all that is done in this process, by a page or by a run: what was known by then is no more. */
  readonly onDone?: (hear: () => void) => void;
};
