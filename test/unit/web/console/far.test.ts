/** Times on an open page: console.js goes on with what the server has said, in the same words. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { dueShown } from '../../../../src/web/console/cases/words.ts';
import { relativeTo } from '../../../../src/web/console/frame/times.ts';

const script = readFileSync(new URL('../../../../src/web/assets/console.js', import.meta.url), 'utf8');
const start = Date.parse('2026-11-23T10:00:00Z');
type Shown = { dateTime: string; textContent: string; readonly dataset: { readonly far: string } };

/** The script in a page that has these times; `later` is a turn of its timer so much later, by a clock that is three hours ahead. */
function opened(times: readonly Shown[]): (milliseconds: number) => void {
  let turn = () => {};
  let now = start + 3 * 3_600_000;
  const ignored = () => {};
  const at = { addEventListener: ignored, visibilityState: 'hidden' };
  const document = {
    ...at,
    querySelector: (selector: string) =>
      selector === 'meta[name="now"]' ? { content: new Date(start).toISOString() } : null,
    querySelectorAll: (selector: string) => (selector === 'time[data-far]' ? times : []),
  };
  const clock = { now: () => now, parse: Date.parse };
  const setInterval = (each: () => void) => {
    turn = each;
  };
  runInNewContext(script, { document, window: at, Date: clock, setInterval });
  return (milliseconds) => {
    now = start + 3 * 3_600_000 + milliseconds;
    turn();
  };
}

it('goes on as the server would say it, by the clock of the server', () => {
  const seconds = [0, 29, 59, 60, 61, 3_599, 3_600, 3_660, 35_999, 36_000, 86_399, 86_400, 90_000, 864_000, 31_536_000];
  const moments = seconds.flatMap((one) => [start + one * 1000, start - one * 1000]);
  const times = moments.map(
    (at): Shown => ({ dateTime: new Date(at).toISOString(), textContent: '', dataset: { far: '' } }),
  );
  const later = opened(times);
  for (const gone of [0, 60_000, 7_260_000, 90_000_000]) {
    later(gone);
    expect(times.map(({ textContent }) => textContent)).toEqual(moments.map((at) => relativeTo(start + gone, at)));
  }
});
it('says of a first answer that it is late', async () => {
  const at = new Date(start + 90_000).toISOString();
  const html = `${await dueShown(at, { zone: 'UTC' }, start)}`;
  expect(html).toContain('data-far="late">in 1 min<');
  const due: Shown = { dateTime: at, textContent: 'in 1 min', dataset: { far: 'late' } };
  const later = opened([due]);
  later(91_000);
  expect(due.textContent).toBe('now');
  later(300_000);
  expect(due.textContent).toBe('3 min late');
});
