/** A day as a file for the reader's calendar (RFC 5545, 5546): published, and taken back. */
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { LetterAttachment } from './letter.ts';
import type { CalendarEntry } from './letters/renewals.ts';

/** `title`: the subject of the letter; `at`: when it is written, ISO 8601. The same input gives the same bytes. */
export function calendarFile(
  { uid, sequence, day, cancelled, organiser, lines }: CalendarEntry,
  { title, domain, at }: { readonly title: string; readonly domain: string; readonly at: string },
): LetterAttachment {
  const method = cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH;
  const calendar = ical({ prodId: { company: 'Postern', product: 'Postern' }, method });
  calendar.createEvent({
    ...{ id: `${uid}@${domain}`, sequence, stamp: new Date(at), start: new Date(`${day}T00:00:00Z`), allDay: true },
    ...{ summary: title, description: lines.join('\n'), organizer: { name: 'Support', email: organiser } },
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  const type = `text/calendar; method=${method}; charset=utf-8`;
  return { filename: 'renewal.ics', type, bytes: Buffer.from(calendar.toString()) };
}
