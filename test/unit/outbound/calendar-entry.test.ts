/** POLICY §10.4: the entry for the reader's calendar, as a strict parser other than ours reads it (RFC 5545, 5546). */
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { calendarFile } from '../../../src/outbound/calendar-entry.ts';
import type { CalendarEntry } from '../../../src/outbound/letters/renewals.ts';

const entry: CalendarEntry = {
  ...{ uid: 'renewal-1000345-2027-06-30', sequence: 3, day: '2027-06-30', cancelled: false },
  ...{ organiser: 'renewals@desk.example', lines: ['Vault S-1001: 2027-06-30', 'premier: 2027-06-30'] },
};
const made = (more: Partial<CalendarEntry> = {}, title = 'Support of Größe, Söhne; & Co ends on 30 June 2027') =>
  calendarFile({ ...entry, ...more }, { title, domain: 'desk.example', at: '2027-05-31T08:00:00Z' });
const parsed = (file: ReturnType<typeof made>) => {
  ICAL.design.strict = true;
  const root = new ICAL.Component(ICAL.parse(Buffer.from(file.bytes).toString('utf8')));
  const event = root.getFirstSubcomponent('vevent');
  if (!event) throw new Error('no event');
  return {
    method: root.getFirstPropertyValue('method'),
    event,
    of: (name: string) => `${event.getFirstPropertyValue(name)}`,
  };
};

it('is one whole day, published, with the title of the letter, whatever is in it', () => {
  const file = made();
  const { method, event, of } = parsed(file);
  expect(file.type).toBe('text/calendar; method=PUBLISH; charset=utf-8');
  expect(method).toBe('PUBLISH');
  expect(of('uid')).toBe('renewal-1000345-2027-06-30@desk.example');
  expect(of('sequence')).toBe('3');
  expect(of('dtstart')).toBe('2027-06-30');
  expect(event.getFirstProperty('dtstart')?.type).toBe('date');
  expect(of('summary')).toBe('Support of Größe, Söhne; & Co ends on 30 June 2027');
  expect(of('description')).toBe('Vault S-1001: 2027-06-30\npremier: 2027-06-30');
  expect(of('organizer')).toBe('mailto:renewals@desk.example');
  expect(of('status')).toBe('CONFIRMED');
  expect(of('dtstamp')).toBe('2027-05-31T08:00:00Z');
});

it('is taken back by the same UID and a greater SEQUENCE', () => {
  const file = made({ cancelled: true, sequence: 4 });
  const { method, of } = parsed(file);
  expect(file.type).toContain('method=CANCEL');
  expect([method, of('status'), of('uid'), of('sequence')]).toEqual([
    ...['CANCEL', 'CANCELLED', 'renewal-1000345-2027-06-30@desk.example', '4'],
  ]);
});

it('is the same bytes for the same letter, in lines of CR LF of at most 75 octets', () => {
  const title = '値上げ'.repeat(60);
  expect(made({}, title).bytes).toEqual(made({}, title).bytes);
  const text = Buffer.from(made({}, title).bytes).toString('utf8');
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  expect(parsed(made({}, title)).of('summary')).toBe(title);
});

it('lets no line of its own come in by a name', () => {
  const { event } = parsed(made({ lines: ['x\r\nATTENDEE:mailto:evil@elsewhere.example'] }, 'a\r\nMETHOD:REQUEST'));
  expect(event.getAllProperties('attendee')).toEqual([]);
});
