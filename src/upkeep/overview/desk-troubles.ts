/** Troubles of the desk: cases whose clock runs out, mail that nobody lets in, renewals not told, settings that are missing. */
import type { CaseAtRisk, DatabaseSeen } from './look.ts';
import { page, type Trouble, type Way, words } from './trouble.ts';
import { between, plural } from './words.ts';

/** Of a first answer that is owed: below this it is told of as urgent. */
const urgentMs = 15 * 60_000;
/** Held mail is looked at within the day. */
const heldMs = 24 * 3_600_000;

const named = ({ number, severity, site }: Omit<CaseAtRisk, 'due'>): string =>
  `Case ${number} (severity ${severity}, ${site})`;

const takeIt = ({ number }: Pick<CaseAtRisk, 'number'>): Way => ({
  kind: 'act',
  act: 'take-case',
  input: { case: number },
  says: 'Take it',
});

/** Its number leads to it; whoever has none can take it here. */
const waysOf = (one: Pick<CaseAtRisk, 'number' | 'owner'>): Pick<Trouble, 'way' | 'also' | 'link'> => ({
  way: page(`/cases/${one.number}`, 'Open the case'),
  ...(one.owner === null && { also: takeIt(one) }),
  link: { words: `Case ${one.number}`, href: `/cases/${one.number}` },
});

function urgent(one: CaseAtRisk, at: string): Trouble {
  const late = Date.parse(one.due) < Date.parse(at);
  const owner = one.owner === null ? 'without an owner' : `of ${one.owner}`;
  return {
    key: `clock-at-risk ${one.number}`,
    level: late || one.owner === null ? 'now' : 'soon',
    says: late
      ? `${named(one)} ${owner} is ${between(one.due, at)} late with its first answer.`
      : `${named(one)} ${owner} has ${between(at, one.due)} left for its first answer.`,
    because: `“${one.title}”.`,
    meanwhile: 'The customer has the acknowledgement; our people were warned by mail.',
    since: one.due,
    ...waysOf(one),
  };
}

export function clocksOf({ clocks, unowned }: DatabaseSeen, at: string): Trouble[] {
  const worst = ({ severity, owner }: CaseAtRisk): number => (severity === 1 && owner === null ? 0 : 1);
  const soon = clocks
    .filter(({ due }) => Date.parse(due) - Date.parse(at) < urgentMs)
    .toSorted((a, b) => worst(a) - worst(b));
  const [first, second, third, ...more] = soon;
  const shown = [first, second, third].flatMap((one) => (one ? [urgent(one, at)] : []));
  const rest: Trouble[] =
    more.length > 0
      ? [
          {
            key: 'clocks-at-risk',
            level: 'now',
            says: `${plural(more.length, 'more case')} of which the first answer is due within 15 minutes, or late.`,
            because: null,
            meanwhile: 'Their customers have the acknowledgement.',
            since: null,
            way: page('/#clocks', 'Show them'),
          },
        ]
      : [];
  const told = new Set(soon.map(({ number }) => number));
  const severe = unowned
    .filter(({ number }) => !told.has(number))
    .map(
      (one): Trouble => ({
        key: `unowned ${one.number}`,
        level: 'now',
        says: `${named(one)} has no owner.`,
        because: `“${one.title}”.`,
        meanwhile: 'Our people were told when it was opened.',
        since: null,
        ...waysOf(one),
      }),
    );
  // A production that stands and that nobody has is worse than an answer that is late.
  return [...severe, ...shown, ...rest];
}

export function heldOf({ held }: DatabaseSeen, at: string): Trouble[] {
  const old = held.filter(({ reason, oldest }) => reason !== 'spam' && Date.parse(at) - Date.parse(oldest) > heldMs);
  const [first] = old.toSorted((a, b) => Date.parse(a.oldest) - Date.parse(b.oldest));
  if (!first) return [];
  return [
    {
      key: 'held-old',
      level: 'soon',
      says: `Held mail has waited for a person for ${between(first.oldest, at)}.`,
      because: null,
      meanwhile:
        'It is kept as it came. What nobody settles is refused at the end of its time, and its sender hears nothing.',
      since: first.oldest,
      way: page(`/held?reason=${first.reason}`, 'Held mail'),
    },
  ];
}

export const renewalsOf = ({ renewals }: DatabaseSeen): Trouble[] =>
  renewals.notTold === 0
    ? []
    : [
        {
          key: 'renewals-not-told',
          level: 'soon',
          says: `${plural(renewals.notTold, 'account')} ${renewals.notTold === 1 ? 'was' : 'were'} not told that ${renewals.notTold === 1 ? 'its contract ends' : 'their contracts end'}.`,
          because: 'Nobody there could be written to, the letter came back, or renewals were paused.',
          meanwhile: 'Others are told as planned.',
          since: null,
          way: page('/renewals/not-told', 'Who, and why'),
        },
      ];

const wayOf: Readonly<Record<string, (todo: string) => Way>> = {
  staff: () => page('/staff', 'Add our people'),
};

/** Where the words for a terminal are of no use to somebody who reads only this. */
const wordsOf: Readonly<Record<string, string>> = {
  alerts: 'No alert address is set: nobody is told when mail is not fetched, letters fail or the disk fills up.',
};

export const missingOf = ({ missing }: DatabaseSeen): Trouble[] =>
  missing.map(({ code, says, todo }) => ({
    key: `missing ${code}${code === 'typing' ? ` ${says}` : ''}`,
    level: 'soon',
    says: wordsOf[code] ?? `${says.charAt(0).toUpperCase()}${says.slice(1)}.`,
    because: null,
    meanwhile: 'Mail is taken, decided and answered all the same.',
    since: null,
    way: wayOf[code]?.(todo) ?? words(`${todo.charAt(0).toUpperCase()}${todo.slice(1)}.`),
  }));

export const deskOf = (seen: DatabaseSeen, at: string): Trouble[] => [
  ...clocksOf(seen, at),
  ...heldOf(seen, at),
  ...renewalsOf(seen),
  ...missingOf(seen),
];
