/** Figures in short, each a way to its list. */
import { html } from 'hono/html';
import type { DatabaseSeen, Look, QueueSeen } from '../../../upkeep/overview/look.ts';
import { differenceOf, acknowledgedGoalSeconds as goalSeconds } from '../../../upkeep/overview/look.ts';
import { between, counted, plural } from '../../../upkeep/overview/words.ts';
import type { Html } from '../../html.ts';
import { live } from '../frame/parts.ts';
import type { Viewer } from '../viewer.ts';
import { oldestJob, secondsShown, sumHeld } from './figures.ts';
import { spark } from './spark.ts';
import { sumsOf } from './sums.ts';

export type Tile = {
  readonly href: string;
  readonly says: string;
  readonly figure: Html | string;
  readonly below?: Html | string;
  readonly tone?: 'good' | 'warn' | 'bad';
  readonly line?: readonly number[];
};

export const tile = ({ href, says, figure, below, tone, line }: Tile): Html =>
  html`<a class="tile" href="${href}"><span>${says}</span><strong>${figure}</strong>${
    below === undefined ? '' : html`<em${tone ? html` class="${tone}"` : ''}>${below}</em>`
  }${line ? spark(line) : ''}</a>`;

function trafficTiles({ hours }: DatabaseSeen, viewer: Viewer, at: string): Tile[] {
  const day = hours.slice(-24);
  const one = (of: 'mails' | 'letters', says: string): Tile => {
    const sums = sumsOf(hours, of, viewer.zone, at);
    return {
      href: '/queues/hours',
      says: `${says}, today`,
      figure: counted(sums.day),
      below: html`${live(`overview.${of}.hour`, counted(sums.hour))} since the full hour · ${counted(sums.week)} in 7 days`,
      line: day.map((hour) => hour[of]),
    };
  };
  return [one('mails', 'Mails in'), one('letters', 'Letters out')];
}

function acknowledgedTile({ acknowledged }: DatabaseSeen): Tile {
  const says = 'Arrival to acknowledgement, p95';
  const href = '/queues/hours';
  if (acknowledged === null) return { href, says, figure: '–', below: 'none in the last 24 hours' };
  const { p50, p95, count } = acknowledged;
  const met = p95 <= goalSeconds;
  return {
    href,
    says,
    figure: live('overview.p95', secondsShown(p95)),
    below: `goal ${goalSeconds} s${met ? '' : ', missed'} · p50 ${secondsShown(p50)} of ${counted(count)}`,
    tone: met ? 'good' : 'bad',
  };
}

function clocksTile({ clocks }: DatabaseSeen, at: string): Tile {
  const late = clocks.filter(({ due }) => Date.parse(due) < Date.parse(at)).length;
  const next = clocks.find(({ due }) => Date.parse(due) >= Date.parse(at));
  const below =
    late > 0 ? plural(late, 'late', 'late') : next ? `next in ${between(at, next.due)}` : 'none within two hours';
  return {
    href: '#clocks',
    says: 'Clocks at risk',
    figure: live('overview.clocks', counted(clocks.length)),
    below,
    ...(late > 0 ? { tone: 'bad' as const } : {}),
  };
}

function heldTile({ held }: DatabaseSeen, at: string): Tile {
  const people = held.filter(({ reason }) => reason !== 'spam');
  const [oldest] = people.map((one) => one.oldest).toSorted();
  return {
    href: '/held',
    says: 'Held mail',
    figure: live('held.count', counted(sumHeld(held))),
    below: oldest === undefined ? 'nobody waits' : `oldest ${between(oldest, at)}`,
  };
}

function queuesTile(queues: readonly QueueSeen[] | null, at: string): Tile {
  const says = 'Oldest job waiting';
  if (queues === null) return { href: '/queues', says, figure: '–', below: 'the queues do not answer', tone: 'bad' };
  const oldest = oldestJob(queues);
  const waiting = queues.reduce((sum, one) => sum + one.waiting, 0);
  const stand = queues.filter(({ paused }) => paused);
  return {
    href: '/queues',
    says,
    figure: live('overview.oldest', oldest === null ? 'none' : between(oldest, at)),
    below:
      stand.length > 0
        ? `${stand.map(({ queue }) => queue).join(', ')} paused`
        : `${plural(waiting, 'job')} in ${queues.length} queues`,
    ...(stand.length > 0 ? { tone: 'warn' as const } : {}),
  };
}

function mailboxesTile({ mailboxes }: DatabaseSeen): Tile {
  const [only] = mailboxes;
  const wrong = mailboxes.filter(({ problem }) => problem !== null).length;
  const missed = mailboxes.reduce((sum, box) => sum + Math.abs(differenceOf(box.ledger)), 0);
  return {
    href: mailboxes.length === 1 && only ? `/queues/mailboxes/${encodeURIComponent(only.name)}` : '#mailboxes',
    says: mailboxes.length === 1 ? `Mailbox ${only?.name}` : 'Mailboxes read',
    figure:
      mailboxes.length === 1
        ? wrong === 0
          ? 'read'
          : 'not read'
        : `${mailboxes.length - wrong} / ${mailboxes.length}`,
    below: missed === 0 ? 'seen = sum of outcomes' : `${plural(missed, 'mail')} unaccounted for`,
    tone: missed === 0 && wrong === 0 ? 'good' : 'bad',
  };
}

function renewalsTile({ renewals }: DatabaseSeen): Tile {
  const { running, dueThisWeek, sentThisWeek, notTold } = renewals;
  return {
    href: notTold > 0 ? '/renewals/not-told' : '/renewals',
    says: 'Renewals due, 7 days',
    figure: counted(dueThisWeek),
    below: !running
      ? 'not started'
      : notTold > 0
        ? `${plural(notTold, 'account')} not told`
        : `${counted(sentThisWeek)} told in the last 7 days`,
    ...(notTold > 0 ? { tone: 'bad' as const } : {}),
  };
}

export function tilesShown(look: Look, viewer: Viewer): Html {
  const { database, queues, at } = look;
  const { seen } = database;
  const jobs = queuesTile(queues.fault === null ? queues.seen : null, at);
  const all = seen
    ? [
        ...trafficTiles(seen, viewer, at),
        acknowledgedTile(seen),
        clocksTile(seen, at),
        heldTile(seen, at),
        jobs,
        ...(seen.mailboxes.length > 0 ? [mailboxesTile(seen)] : []),
        renewalsTile(seen),
      ]
    : [jobs];
  return html`<div class="tiles">${all.map(tile)}</div>`;
}
