/** A reader's calendar: takes files as they come by mail, by a strict parser other than ours (RFC 5545, 5546), and shows what is in it. */
import ICAL from 'ical.js';

type Entry = { readonly sequence: number; readonly day: string; readonly cancelled: boolean };

export function readerCalendar() {
  const entries = new Map<string, Entry>();
  return {
    /** `type`: of the part of the mail. Throws where the file or its place in the order is not right. */
    take(file: string, type: string): void {
      ICAL.design.strict = true;
      const root = new ICAL.Component(ICAL.parse(file));
      const [event, ...more] = root.getAllSubcomponents('vevent');
      if (!event || more.length > 0 || root.getFirstPropertyValue('version') !== '2.0')
        throw new Error('not one entry');
      const of = (name: string): string => {
        const values = event.getAllProperties(name);
        if (values.length !== 1) throw new Error(`${values.length} times ${name}`);
        return `${values[0]?.getFirstValue()}`;
      };
      const method = `${root.getFirstPropertyValue('method')}`;
      if (!type.includes(`method=${method};`))
        throw new Error(`the part of the mail says ${type}, and the file ${method}`);
      const cancelled = method === 'CANCEL';
      if (of('status') !== (cancelled ? 'CANCELLED' : 'CONFIRMED')) throw new Error(`${method} with ${of('status')}`);
      if (event.getFirstProperty('dtstart')?.type !== 'date') throw new Error('no whole day');
      for (const name of ['dtstamp', 'summary', 'organizer']) of(name);
      const [uid, sequence] = [of('uid'), Number(of('sequence'))];
      const had = entries.get(uid);
      // RFC 5546 §2.1.4: an equal or smaller one would be passed over.
      if (had && sequence <= had.sequence) throw new Error(`${uid} has ${had.sequence} and comes with ${sequence}`);
      if (cancelled && (!had || had.cancelled)) throw new Error(`${uid} is taken back and is not there`);
      entries.set(uid, { sequence, day: of('dtstart'), cancelled });
    },
    /** What its reader sees: the day of each entry. */
    shown: (): ReadonlyMap<string, string> =>
      new Map([...entries].filter(([, { cancelled }]) => !cancelled).map(([uid, { day }]) => [uid, day])),
  };
}

/** The calendar part of a letter as it stands in its bytes; null where it has none. */
export function calendarIn(raw: Uint8Array): { readonly file: string; readonly type: string } | null {
  const text = Buffer.from(raw).toString('latin1');
  const from = text.indexOf('Content-Type: text/calendar');
  if (from < 0) return null;
  const at = text.indexOf('\r\n\r\n', from);
  const body = text.slice(at + 4, text.indexOf('\r\n--', at));
  const type = text.slice(from, text.indexOf('\r\nContent-', from)).replaceAll(/\r\n[ \t]+/g, ' ');
  return { file: Buffer.from(body, 'base64').toString('utf8'), type: `${type};` };
}
