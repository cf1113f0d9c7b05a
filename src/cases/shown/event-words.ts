/** What an event of a case says to a person, at a terminal and in the console. One that is not here is shown by its name and its detail. */

type Detail = Readonly<Record<string, unknown>>;

const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

/** How a moment is said: in whose zone. */
type SayTime = (at: string) => string;
type Say = {
  readonly text: (value: unknown) => string;
  /** `before` and the value, or nothing where there is none. */
  readonly maybe: (before: string, value: unknown) => string;
};
const sayBy = (time: SayTime): Say => {
  const text = (value: unknown): string => (isTime(value) ? time(value) : String(value));
  return {
    text,
    maybe: (before, value) => (value === null || value === undefined || value === '' ? '' : `${before}${text(value)}`),
  };
};
const count = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
const people = (list: unknown): string =>
  count(list) === 0 ? 'nobody, as nobody is there' : `${count(list)} of our people`;
/** Who did it, as it is kept with a case. */
const by = (who: unknown): string =>
  who === 'customer' ? ' by the customer' : who === 'clock' ? ' by the clock' : who ? ' by us' : '';
const side = (who: unknown): string => (who === 'staff' ? 'we propose' : 'the customer proposes');

const words: Readonly<Record<string, (detail: Detail, say: Say) => string>> = {
  opened: (d, { maybe }) => `opened at severity ${d.severity}, ${d.kind}${maybe(', follows case ', d.follows)}`,
  updated: (d) => (count(d.filledIn) > 0 ? `added to, with ${(d.filledIn as string[]).join(', ')}` : 'added to'),
  closed: (d) => `closed${by(d.by)}`,
  reopened: (d, { maybe }) => `reopened${by(d.by)}${maybe(': ', d.reason)}`,
  'followed-up': (d) => `stays closed; case ${d.by} goes on with it`,
  linked: (d) => `linked to case ${d.case}`,
  merged: (d) => `merged into case ${d.into}`,
  joined: (d, { maybe }) => `case ${d.case} was merged into this one${maybe('; first response due ', d.due)}`,
  unmerged: (d) => `a case of its own again, apart from case ${d.from}`,
  parted: (d) => `case ${d.case} is a case of its own again`,
  split: (d) =>
    `${count(d.mails) === 1 ? 'a mail' : `${count(d.mails)} mails`} became ${d.to ? `case ${d.to}` : 'a case'}`,
  'split-from': (d) => `was a part of case ${d.case}`,
  'clock-started': (d, { text }) => `the clock runs, first response due ${text(d.due)}`,
  'clock-met': () => 'the first response is given',
  'clock-paused': (d, { maybe }) => `waits for the customer${maybe(' until ', d.until)}; the clock is paused`,
  'clock-resumed': (d, { maybe }) =>
    `${d.why === 'answered' ? 'the customer has written' : d.why === 'ours' ? 'we go on without waiting' : 'the wait is over'}: the clock runs again${maybe(', first response due ', d.due)}`,
  'clock-stopped': (d) => `the clock is stopped: ${d.why}`,
  'clock-re-rated': (d, { maybe }) =>
    `the clock was rated anew${maybe(', first response due ', d.due)}${maybe(' instead of ', d.before)}`,
  'clock-warned': (d) => `${d.percent} % of the time to the first response has passed: we were told`,
  'clock-breached': (d, { text }) => `the first response is overdue since ${text(d.due)}`,
  offered: (d) =>
    d.percent === 0 ? `offered to ${people(d.to)}` : `not taken at ${d.percent} % of its time: told to ${people(d.to)}`,
  'owner-set': (d) =>
    d.to ? `${d.to} has it${d.how === 'given' ? ', who has the fewest' : ''}` : 'nobody has it any more',
  'owner-told': () => 'whoever works on it was told what the customer has written',
  'staff-told': (d) => `told to ${people(d.to)}`,
  'update-owed': () => 'we were told that the customer has to hear from us again',
  'nobody-reached': (d, { text }) => `nobody was reached since ${text(d.since)}: we were told to propose severity 2`,
  'severity-changed': (d, { maybe }) =>
    `severity ${d.to} instead of ${d.from}${by(d.by)}${maybe(', first response due ', d.due)}`,
  'severity-proposed': (d, { maybe }) =>
    `${side(d.by)} severity ${d.to} instead of ${d.from}${maybe(', open until ', d.until)}`,
  'proposal-expired': (d) => `severity ${d.to} was not agreed to in time`,
  'proposal-declined': (d) => `severity ${d.to} was declined`,
  'proposal-reached': (d) => `severity ${d.to} is proposed no more: the customer has written`,
  'proposal-kind': (d) => `severity ${d.to} is proposed no more: the case is of another kind`,
  escalated: (d, { maybe }) => `escalated to ${d.level === 2 ? 'the director' : 'a manager'}${maybe(': ', d.to)}`,
  'plan-given': (d, { text }) => `an action plan until ${text(d.until)} was given`,
  'solution-proposed': () => 'a solution is proposed, and the customer asked whether it is one',
  'solution-answered': () => 'the customer has not said that it is solved: it goes on',
  'solution-reminded': (d) => `the customer was asked again whether it is solved (${d.time})`,
  'satisfaction-given': (d) => `the customer found it ${d.score} of 5, ${d.by === 'page' ? 'on the page' : 'by mail'}`,
  'out-of-scope': (d) => `the customer was told that it is out of scope: ${d.why}`,
  'participant-named': () => 'somebody of the site takes part from now on',
  'participant-left': () => 'somebody who took part has left',
  'kind-set': (d, { maybe }) =>
    [
      ...(d.kind ? [`it is of the kind ${d.kind}${maybe(' instead of ', d.was === d.kind ? null : d.was)}`] : []),
      ...(d.reference ? [`it is known as ${d.reference} elsewhere`] : []),
      ...(d.priority ? [`its priority is ${d.priority}`] : []),
      ...(d.planned ? [`it is planned for ${d.planned}`] : []),
      ...(d.resolvedIn ? [`it is resolved by ${d.resolvedIn}`] : []),
      ...(d.declined === true ? ['it is declined'] : []),
    ].join(', ') || 'what it is known as was changed',
  'requester-set': () => 'another of the site asks for it from now on',
  'taken-off': (d) => `a mail was taken off it${d.to ? `, and is on case ${d.to} now` : ''}`,
  'others-told': () => 'the others who take part were told',
  'split-told': (d, { maybe }) => `the customer was told of both numbers${maybe(': it was a part of case ', d.from)}`,
  'staff-answered': () => 'one of our people has answered by mail',
  'privileged-pin-issued': () => 'a privileged PIN was drawn for somebody of the site',
  'privileged-pin-redeemed': () => 'a privileged PIN was used: support may write until it ends',
  'privileged-pin-revoked': () => 'a privileged PIN was revoked',
  'wait-reminded': () => 'the customer was reminded that we wait for them',
};

const plain = (detail: Detail, { text }: Say): string =>
  Object.entries(detail)
    .filter(([, value]) => value !== null && value !== false && typeof value !== 'object')
    .map(([name, value]) => `${name} ${text(value)}`)
    .join(', ');

export function eventWords(kind: string, detail: unknown, time: SayTime): string {
  const say = sayBy(time);
  const known = (typeof detail === 'object' ? detail : null) ?? {};
  const says = Object.hasOwn(words, kind) ? words[kind] : undefined;
  if (says) return says(known as Detail, say);
  const more = plain(known as Detail, say);
  return `${kind.replaceAll('-', ' ')}${more === '' ? '' : ` (${more})`}`;
}
