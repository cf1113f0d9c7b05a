/** What an endpoint is told of a change: its topic, ids and numbers, and who it is in order with. */
import { type Change, topicOf } from '../change.ts';
import { isHeld } from '../outcome.ts';
import { carriedBy, type HookField, type HookTopic } from './topics.ts';

export type ToldEvent = {
  readonly topic: HookTopic;
  /** What is told of the same comes in its order: `case:100042`. Null: of nothing else. */
  readonly key: string | null;
  readonly data: Readonly<Record<string, string>>;
};

type Said = Readonly<Record<string, unknown>>;

/** Letters of acts stand by `id`, sites of the registry whole; a site known by its row alone is not told, for that id is ours only. */
function idsOf(change: Change): Readonly<Partial<Record<HookField, unknown>>> {
  const {
    case: number,
    mail,
    letter,
    contact,
    request,
    question,
    announcement,
    renewal,
    siteNumber,
    site,
  } = change as unknown as Said;
  const of = change as unknown as Said;
  const bySite = typeof site === 'object' && site !== null ? (site as Said).number : undefined;
  const { by } = change;
  return {
    case: number,
    mail: mail ?? ('mail' in by ? by.mail : undefined),
    letter: letter ?? ('fence' in of && 'template' in of ? of.id : undefined),
    site: siteNumber ?? bySite ?? (sitesByNumber.has(change.kind) ? site : undefined),
    contact,
    request,
    question,
    announcement,
    renewal,
  };
}

/** Their `site` is its number. */
const sitesByNumber: ReadonlySet<Change['kind']> = new Set(['upgrade-requested', 'licence-registered']);

/** What is told of one thing is told in its order; the first of these that an event carries. */
const ordered = ['case', 'mail', 'site', 'letter', 'request', 'announcement'] as const satisfies readonly HookField[];

function toldOf(
  topic: HookTopic,
  kind: string,
  by: string,
  ids: Readonly<Partial<Record<HookField, unknown>>>,
): ToldEvent {
  const known = carriedBy(topic).flatMap((field): [HookField, string][] => {
    const value = ids[field];
    return typeof value === 'string' || typeof value === 'number' ? [[field, String(value)]] : [];
  });
  const carried = new Map(known);
  const first = ordered.find((field) => carried.has(field));
  return {
    topic,
    key: first === undefined ? null : `${first}:${carried.get(first)}`,
    data: { change: kind, by, ...Object.fromEntries(known) },
  };
}

/** In their order; what has no topic is told to no other program. */
export const toldOfChanges = (changes: readonly Change[]): ToldEvent[] =>
  changes.flatMap((change) => {
    const topic = topicOf(change);
    return topic === null ? [] : [toldOf(topic, change.kind, change.by.kind, idsOf(change))];
  });

/** Of a decision: its changes, and that the mail waits for a person. */
export const toldOfDecision = (changes: readonly Change[], mail: string, outcome: string): ToldEvent[] => [
  ...toldOfChanges(changes),
  ...(isHeld(outcome) ? [toldOf('mail.held', 'mail-held', 'intake', { mail, outcome })] : []),
];
