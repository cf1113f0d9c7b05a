/** Every change, as one union, and what the system says of each: its audit row, its events, its sentence, its topic. */
import type { MailId } from '../foundation/ids.ts';
import { type AccessChange, accessChanges } from './access.ts';
import { type AnnouncementChange, announcementChanges } from './announcements/announcements.ts';
import { type SupportEndsPlanned, supportEndChanges } from './announcements/support-ends.ts';
import { actorOf, mailOf } from './by.ts';
import { type CareChange, careChanges } from './care.ts';
import { type CaseChange, caseChanges } from './case.ts';
import { type AgreeingChange, agreeingChanges } from './cases/agreeing.ts';
import { type CallChange, callChanges } from './cases/calls.ts';
import { type ClockAlarm, clockAlarms } from './cases/clock-alarms.ts';
import { type ClockEventChange, clockEventChanges } from './cases/clock-events.ts';
import { type ClosingChange, closingChanges } from './cases/closing.ts';
import { type JoiningChange, joiningChanges } from './cases/joining.ts';
import { type StaffMailChange, staffMailChanges } from './cases/staff-mail.ts';
import { type CasesTakenOver, takingOverChanges } from './cases/taking-over.ts';
import { type WorkChange, workChanges } from './cases/work.ts';
import { type ClockChange, clockChanges } from './clock.ts';
import { type CodeChange, codeChanges } from './code.ts';
import { type ContactsChange, contactsChanges } from './contacts/contacts.ts';
import { type ReturnedChange, returnedChanges } from './contacts/letters-returned.ts';
import { type SubscriptionChange, subscriptionChanges } from './contacts/subscriptions.ts';
import { type LetterChange, letterChanges } from './letter.ts';
import { type MailChange, mailChanges } from './mail.ts';
import { type MessageChange, messageChanges } from './message.ts';
import { type PinChange, pinChanges } from './pins/pin.ts';
import { type PrivilegedPinChange, privilegedPinChanges } from './pins/privileged-pin.ts';
import { type QueueChange, queueChanges } from './queues/retried.ts';
import { type RegistryChange, registryChanges } from './registry.ts';
import type { AuditCell, ChangeRow, EventCell } from './row.ts';
import { type RenewalChange, renewalChanges } from './schedule/renewals.ts';
import { type ScheduleChange, scheduleChanges } from './schedule/turns.ts';
import { type SenderChange, senderChanges } from './sender.ts';
import { type SignInChange, signInChanges } from './staff/sign-in.ts';
import { type StaffChange, staffChanges } from './staff/staff.ts';
import { type TemplateChange, templateChanges } from './templates/templates.ts';
import type { HookTopic } from './webhooks/topics.ts';
import { type WebhookChange, webhookChanges } from './webhooks/webhooks.ts';

export type Change =
  | AccessChange
  | AnnouncementChange
  | SupportEndsPlanned
  | CallChange
  | AgreeingChange
  | CareChange
  | CaseChange
  | CasesTakenOver
  | ClockAlarm
  | ClockChange
  | ClosingChange
  | ClockEventChange
  | CodeChange
  | ContactsChange
  | JoiningChange
  | LetterChange
  | MailChange
  | MessageChange
  | PinChange
  | PrivilegedPinChange
  | QueueChange
  | RegistryChange
  | RenewalChange
  | ReturnedChange
  | ScheduleChange
  | SenderChange
  | StaffMailChange
  | SignInChange
  | StaffChange
  | SubscriptionChange
  | TemplateChange
  | WebhookChange
  | WorkChange;

export const changeRows = {
  ...accessChanges,
  ...announcementChanges,
  ...supportEndChanges,
  ...callChanges,
  ...agreeingChanges,
  ...careChanges,
  ...caseChanges,
  ...clockAlarms,
  ...clockChanges,
  ...closingChanges,
  ...clockEventChanges,
  ...codeChanges,
  ...contactsChanges,
  ...joiningChanges,
  ...letterChanges,
  ...mailChanges,
  ...messageChanges,
  ...pinChanges,
  ...privilegedPinChanges,
  ...queueChanges,
  ...registryChanges,
  ...renewalChanges,
  ...returnedChanges,
  ...scheduleChanges,
  ...senderChanges,
  ...takingOverChanges,
  ...signInChanges,
  ...staffMailChanges,
  ...staffChanges,
  ...subscriptionChanges,
  ...templateChanges,
  ...webhookChanges,
  ...workChanges,
} as const satisfies {
  [kind in Change['kind']]: ChangeRow<Extract<Change, { kind: kind }>>;
};

/** One kind of change. */
export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

type Kinds<batched extends ChangeRow<Change>['batched']> = {
  [kind in Change['kind']]: (typeof changeRows)[kind]['batched'] extends batched ? kind : never;
}[Change['kind']];
/** Goes by the batched statement of the mails; the others have a statement of their own in the same transaction. */
export type BatchedKind = Kinds<true | 'in a decision'>;
export type OwnChange = ChangeOf<Kinds<false | 'in a decision'>>;

const rowOf = (change: Change): ChangeRow<Change> => changeRows[change.kind] as unknown as ChangeRow<Change>;

/** Null where the audit row of another change covers it. */
export function auditOf(change: Change): (AuditCell & { readonly actor: string }) | null {
  const { audit } = rowOf(change);
  return typeof audit === 'function' ? { actor: actorOf(change.by), ...audit(change) } : null;
}

export type CaseEvent = {
  readonly caseId: string;
  readonly at: string;
  readonly kind: string;
  readonly mail: MailId | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

const none: readonly CaseEvent[] = [];

export function eventsOf(change: Change): readonly CaseEvent[] {
  const { event } = rowOf(change);
  if (typeof event !== 'function') return none;
  const of = { caseId: 'id' in change ? change.id : '', at: change.at, mail: mailOf(change.by) };
  const told = event(change);
  return 'kind' in told ? [{ ...of, ...told }] : told.map((one: EventCell) => ({ ...of, ...one }));
}

/** What other programs hear of it as; null: nothing. */
export function topicOf(change: Change): HookTopic | null {
  const { topic } = rowOf(change);
  return typeof topic === 'string' ? topic : null;
}

export const sentenceOf = (change: Change): string => rowOf(change).says(change);
export const isOwn = (change: Change): change is ChangeOf<Kinds<false>> => !rowOf(change).batched;
