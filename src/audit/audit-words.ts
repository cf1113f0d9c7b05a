/** What stands in the audit trail, in words: who did it and by which way, what was done, and to what. */
import { maskCodes } from '../foundation/code-form.ts';
import { maskPrivilegedPins } from '../foundation/pin-form.ts';

/** By which way somebody asked for it; `itself`: nobody did. */
export const auditWays = ['mail', 'console', 'api', 'command', 'page', 'itself'] as const;
type AuditWay = (typeof auditWays)[number];

export type ShownActor = {
  readonly way: AuditWay;
  /** Address of the member of staff; null: nobody of ours. */
  readonly staff: string | null;
  /** The mail that asked for it, the letter whose page did, the contact whose page it was. */
  readonly mail: string | null;
  readonly letter: string | null;
  readonly contact: string | null;
  /** Without links, such as "Kim's address by the console". */
  readonly says: string;
};

const nobody = { staff: null, mail: null, letter: null, contact: null } as const;
const ways: Readonly<Record<string, AuditWay>> = { api: 'api', command: 'command', console: 'console' };
const wayWords = { api: 'the API', command: 'a command', console: 'the console' } as const;

/** What works by itself. */
const workers: Readonly<Record<string, string>> = {
  scheduler: 'the clock',
  sweeper: 'the sweeper, which brings back what was left',
  outbound: 'the way out: what a mail server answered',
  intake: 'intake',
  'sign-in': 'signing in',
  inbox: 'the way in',
};

/** Of `actorOf` in src/changes/by.ts, and of what wrote the trail before it. */
export function shownActor(actor: string): ShownActor {
  const [, name = '', staff = null] = /^(api|command|console)(?: for (\S+))?$/.exec(actor) ?? [];
  const way = ways[name];
  if (way !== undefined) {
    const by = wayWords[name as keyof typeof wayWords];
    return { ...nobody, way, staff, says: staff === null ? by : `${staff} by ${by}` };
  }
  const mail = /^mail:(\d+)(?: of (\S+))?$/.exec(actor);
  if (mail) {
    const [, id = '', of = null] = mail;
    return { ...nobody, way: 'mail', mail: id, staff: of, says: of === null ? `mail ${id}` : `${of} by mail ${id}` };
  }
  const letter = /^(?:page of letter |letter:)(\d+)$/.exec(actor)?.[1];
  if (letter !== undefined) {
    const page = actor.startsWith('page');
    const says = page ? `the page of letter ${letter}` : `what became of letter ${letter}`;
    return { ...nobody, way: page ? 'page' : 'itself', letter, says };
  }
  const contact = /^preferences of contact (\d+)$/.exec(actor)?.[1];
  if (contact !== undefined)
    return { ...nobody, way: 'page', contact, says: `the preferences page of contact ${contact}` };
  const door = /^door:(.+)$/.exec(actor)?.[1];
  if (door !== undefined) return { ...nobody, way: 'itself', says: `the way in "${door}"` };
  return { ...nobody, way: 'itself', says: workers[actor] ?? actor };
}

/** `letter-sent-again` as people read it. */
export const actionWords = (action: string): string => action.replaceAll('-', ' ');

/** Names of programs within what is told of it, such as `handed-over`; addresses, numbers and paths stay as they are. */
export const plainWords = (text: string): string =>
  text.replaceAll(/(?<![\w@./:-])[a-z]+(?:-[a-z]+)+(?![\w@./:-])/g, (name) => name.replaceAll('-', ' '));

const subjects = {
  mail: 'mail',
  case: 'case',
  'saved-view': 'kept list of cases',
  letter: 'letter',
  site: 'site',
  contact: 'contact',
  mailbox: 'mailbox',
  sender: 'sender',
  staff: 'staff',
  schedule: 'schedule',
  announcement: 'announcement',
  'access-request': 'request for access',
  'canned-answer': 'canned answer',
  retention: 'retention of',
  erasure: 'erasure',
  webhook: 'webhook',
  channel: 'way out',
  alert: 'alert',
  template: 'template',
  language: 'language',
} as const satisfies Record<string, string>;

export const subjectWords = (kind: string, id: string): string =>
  `${Object.hasOwn(subjects, kind) ? subjects[kind as keyof typeof subjects] : kind} ${id}`;

/** `case 100417`, `case:100417`, `case`: as people and calls name what a row is about; null for what is none. */
export function subjectOf(typed: string): { readonly subjectKind: string; readonly subjectId?: string } | null {
  const found = /^([a-z][a-z-]{1,30})(?:[:\s]\s*(\S.{0,319}))?$/i.exec(typed.trim());
  if (!found) return null;
  const [, kind = '', id] = found;
  return { subjectKind: kind.toLowerCase(), ...(id === undefined ? {} : { subjectId: id }) };
}

/** A secret has no place in the trail; should a server have quoted one, it is covered all the same. */
const masked = (text: string): string => maskPrivilegedPins(maskCodes(text, () => true));

/** Lists with commas; of what is nested its kind, and then its fields but for the time, which is near that of the row. */
function worded(value: unknown): string {
  if (Array.isArray(value)) return value.map(worded).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  const { kind, at: _at, ...rest } = value as Record<string, unknown>;
  const fields = Object.entries(rest).flatMap(([name, one]) => (isSaid(one) ? [`${named(name)} ${worded(one)}`] : []));
  if (kind === undefined) return fields.join(', ');
  return fields.length === 0 ? worded(kind) : `${worded(kind)} (${fields.join(', ')})`;
}

const isSaid = (value: unknown): boolean => value !== null && value !== undefined && value !== '';
const named = (field: string): string => field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** The details of a row as pairs, in words. */
export const detailWords = (detail: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] =>
  Object.entries(detail).flatMap(([name, value]) =>
    isSaid(value) ? [[named(name), masked(worded(value))] as const] : [],
  );
