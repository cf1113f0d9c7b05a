/** Troubles of what Postern stands on: database, queues, mail servers, mailboxes, workers, disk, certificates. */
import type { DatabaseSeen, Look, MailboxSeen, OpenAlert } from './look.ts';
import { differenceOf } from './look.ts';
import { page, sentence, type Trouble, words } from './trouble.ts';
import { between, counted, lasting, plural } from './words.ts';

function databaseAway({ database, at }: Look): Trouble[] {
  const { fault, at: seenAt } = database;
  if (fault === null) return [];
  return [
    {
      key: 'database-away',
      level: 'now',
      says: `The database has not answered for ${between(fault.since, at)}.`,
      because: sentence(fault.says),
      meanwhile: `Mail waits on its servers and with its senders; nothing is lost, and nothing goes out.${
        seenAt === null ? '' : ' The figures below are those of the last look that went well.'
      }`,
      since: fault.since,
      way: page('/', 'Look again'),
    },
  ];
}

function queuesAway({ queues, at }: Look): Trouble[] {
  const { fault } = queues;
  if (fault === null) return [];
  return [
    {
      key: 'queues-away',
      level: 'now',
      says: `The queues have not answered for ${between(fault.since, at)}.`,
      because: sentence(fault.says),
      meanwhile:
        'Mail is taken and stored. It is decided, and letters go, as soon as the queues answer again, by themselves; even a queue that was lost whole is filled again from the database.',
      since: fault.since,
      way: page('/', 'Look again'),
    },
  ];
}

/** Who greets nobody; mailboxes whose watcher has said so itself are not told twice. */
function silentServers({ servers, database, at }: Look): Trouble[] {
  const told = new Set(database.seen?.mailboxes.filter(({ problem }) => problem !== null).map(({ name }) => name));
  return (servers.seen ?? [])
    .filter(({ mailbox }) => mailbox === null || !told.has(mailbox))
    .map(
      ({ server, mailbox, says }): Trouble => ({
        key: `server-silent ${mailbox ?? 'letters'}`,
        level: 'now',
        says:
          mailbox === null
            ? `The mail server for letters, ${server}, does not answer.`
            : `The server of mailbox ${mailbox}, ${server}, does not answer.`,
        because: sentence(says),
        meanwhile:
          mailbox === null
            ? 'Letters wait and go as soon as it answers; mail is taken and decided.'
            : 'Mail waits on the server; nothing is lost. It is read as soon as the server answers.',
        since: servers.at ?? at,
        way:
          mailbox === null
            ? page('/letters', 'Letters that wait')
            : page(`/queues/mailboxes/${mailbox}`, 'This mailbox'),
      }),
    );
}

const ofMailbox = (box: MailboxSeen, at: string): Trouble[] => {
  const { name, problem, problemSince, loginRefused, quietSince } = box;
  const way = page(`/queues/mailboxes/${encodeURIComponent(name)}`, 'This mailbox');
  const safe = 'Mail waits on the server; nothing is lost.';
  const said = `mailbox ${name}: `;
  const quiet = Date.parse(at) - Date.parse(quietSince);
  const found: Trouble[] = [];
  if (problem !== null)
    found.push({
      key: loginRefused ? `login-refused ${name}` : `mailbox-away ${name}`,
      level: 'now',
      says: `Mailbox ${name} ${
        loginRefused ? 'refuses our login' : `has not been read for ${lasting(Math.max(quiet, 0))}`
      }.`,
      because: sentence(problem.startsWith(said) ? problem.slice(said.length) : problem),
      meanwhile: loginRefused
        ? `${safe} The login is tried again every five minutes.`
        : `${safe} It is tried again by itself.`,
      since: problemSince,
      way,
    });
  const missed = differenceOf(box.ledger);
  if (missed !== 0)
    found.push({
      key: `ledger ${name}`,
      level: 'now',
      says:
        missed > 0
          ? `Of ${plural(missed, 'mail')} seen in mailbox ${name} nothing became.`
          : `The ledger of mailbox ${name} counts ${plural(-missed, 'mail')} more than were seen.`,
      because: null,
      meanwhile: 'What was seen is still on the server, unless somebody took it away.',
      since: null,
      way: page(`/queues/mailboxes/${encodeURIComponent(name)}`, 'Fetch again'),
    });
  return found;
};

/** A mailbox that nobody complains of and that nobody reads. */
const unread = ({ cause, subject, count, why, since }: OpenAlert, boxes: readonly MailboxSeen[]): Trouble[] =>
  cause !== 'no-fetch' || boxes.some(({ name, problem }) => name === subject && problem !== null)
    ? []
    : [
        {
          key: `mailbox-away ${subject}`,
          level: 'now',
          says: `Mailbox ${subject} has not been read for ${lasting(count * 60_000)}.`,
          because: why === null ? 'No process watches it: is the inbox worker running?' : sentence(why),
          meanwhile: 'Mail waits on the server; nothing is lost.',
          since,
          way: page(`/queues/mailboxes/${encodeURIComponent(subject)}`, 'This mailbox'),
        },
      ];

function machine({ cause, subject, count, why, since }: OpenAlert): Trouble[] {
  const base = { key: `${cause} ${subject}`, since };
  if (cause === 'disk')
    return [
      {
        ...base,
        level: 'now',
        says: `${counted(Math.round(count))} MB are left where the database lies.`,
        because: `The folder is ${subject}.`,
        meanwhile: 'When it is full, mail is no longer taken; it waits on its servers and with its senders.',
        way: words('Make room on that disk, or move the data folder to a larger one.'),
      },
    ];
  if (cause === 'certificate')
    return [
      {
        ...base,
        level: count < 3 ? 'now' : 'soon',
        says:
          count < 0
            ? `The certificate of ${subject} has ended.`
            : `The certificate of ${subject} ends in ${plural(Math.round(count), 'day')}.`,
        because: null,
        meanwhile: count < 0 ? 'Connections that check it are refused.' : 'Until then everything works as before.',
        way: words('Renew it on that server.'),
      },
    ];
  if (cause === 'tokens')
    return [
      {
        ...base,
        level: 'now',
        says: `The sign-in of mailbox ${subject} needs somebody.`,
        because: why === null ? null : sentence(why),
        meanwhile: 'Mail waits on the server; nothing is lost.',
        way: words(`Sign in anew: npx postern mailbox connect ${subject}`),
      },
    ];
  if (cause === 'webhook-off')
    return [
      {
        ...base,
        level: 'now',
        says: `Webhook ${subject} was switched off.`,
        because: why === null ? null : sentence(why),
        meanwhile: 'What it had not taken by then is kept, and goes first when it is on again.',
        way: page('/webhooks', 'Webhooks'),
      },
    ];
  return [];
}

export const serversOf = (look: Look, seen: DatabaseSeen | null): Trouble[] => [
  ...databaseAway(look),
  ...queuesAway(look),
  ...silentServers(look),
  ...(seen?.mailboxes ?? []).flatMap((box) => ofMailbox(box, look.at)),
  ...(seen?.alerts ?? []).flatMap((alert) => [...unread(alert, seen?.mailboxes ?? []), ...machine(alert)]),
];
