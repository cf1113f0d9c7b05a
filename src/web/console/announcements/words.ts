/** Announcements in words: their states, how far they are, and who got them. */
import type { AnnouncementLine, RecipientState } from '../../../flows/announcements/announcement-desk.ts';
import type { AnnouncementKind } from '../../../notices/announcement.ts';
import type { Tone } from '../frame/parts.ts';
import { countShown } from '../live/figures.ts';

type State = AnnouncementLine['state'];
export const states: Readonly<Record<State, { readonly says: string; readonly tab: string; readonly tone?: Tone }>> = {
  ready: { says: 'not started', tab: 'Not started' },
  running: { says: 'goes out', tab: 'Going out', tone: 'warn' },
  paused: { says: 'paused', tab: 'Paused', tone: 'bad' },
  finished: { says: 'finished', tab: 'Finished', tone: 'good' },
  cancelled: { says: 'cancelled', tab: 'Cancelled' },
};
export const stateOrder = ['ready', 'running', 'paused', 'finished', 'cancelled'] as const;

export const kinds: Readonly<Record<AnnouncementKind, string>> = {
  announcements: 'announcement',
  releases: 'release',
  media: 'media',
  'end-of-support': 'end of support',
  security: 'security: nobody can end these',
};

const dropped: Readonly<Record<string, string>> = {
  'not-known': 'its day was before the end was on record',
  'not-started': 'its day was before these letters were started',
  'same-day': 'a later one goes on the same day',
  missed: 'a later one was due by then',
  'too-late': 'it could not go out for too long',
  gone: 'the version does not end on that day any more',
  nobody: 'no site has the version',
};
export const droppedSaid = (why: string): string => dropped[why] ?? why.replaceAll('-', ' ');

export const recipients: Readonly<Record<RecipientState, { readonly tab: string; readonly none: string }>> = {
  written: { tab: 'Written to', none: 'Nobody was written to yet.' },
  open: { tab: 'Still to come', none: 'Nobody is still to be written to.' },
  'not-arrived': { tab: 'Did not arrive', none: 'No letter of it failed or came back.' },
  unreachable: { tab: 'Unreachable', none: 'Nobody was left out because letters to them come back.' },
  ended: { tab: 'Want none', none: 'Nobody has ended these letters since it was started.' },
  gone: { tab: 'Gone', none: 'Nobody has left since it was started.' },
};

/** How far it is, counted up to 10,000. */
export function standing({ state, gathered, open, written, pausedByItself }: AnnouncementLine): string {
  const told = written === 1 ? '1 was written to' : `${countShown(written)} were written to`;
  switch (state) {
    case 'ready':
      return 'nothing goes out before it is started';
    case 'running':
      return gathered ? `${told}, ${countShown(open)} to go` : 'sites are looked through for whom it goes to';
    case 'paused':
      return `${pausedByItself ? 'paused by itself, for too many of its letters came back; ' : ''}${told}, ${countShown(open)} to go`;
    case 'finished':
      return told;
    case 'cancelled':
      return written === 0 ? 'nobody was written to' : told;
    default:
      return state satisfies never;
  }
}
