import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actsPage } from '../../../docs/make/acts.ts';
import { acts, actsByName, mailActs } from '../../../src/acts/list.ts';
import type { App } from '../../../src/runtime/app.ts';
import { clockJobs } from '../../../workers/clock-jobs.ts';
import { closeAndTell } from '../../support/acts/tell-case.ts';

describe('docs/acts.md', () => {
  it('is what `npm run acts` makes of the code', async () => {
    const page = readFileSync(resolve(import.meta.dirname, '..', '..', '..', 'docs', 'acts.md'), 'utf8');
    expect(page).toBe(await actsPage(acts, mailActs));
  });
  it('has one more act with its call, its command, its changes and its letters, once that stands in the list', async () => {
    const page = await actsPage([...acts, closeAndTell]);
    const own = page.slice(page.indexOf('## close-and-tell'));
    for (const part of [
      '`cases: update`',
      '`POST /api/v1/acts/close-and-tell`',
      '`postern act close-and-tell [fields…]`',
      '`case-closed`',
      '`case-closed`',
      '`to` (string): who is told',
    ])
      expect(own).toContain(part);
  });
});

describe('every act', () => {
  it('stands in the list by its name', () => {
    expect(acts.map((act) => act.name)).toEqual(Object.keys(actsByName));
  });
  it.each(mailActs)('$name, which only a mail asks for, is in no list of the others and has its words', (act) => {
    expect(acts.map(({ name }) => name)).not.toContain(act.name);
    expect([act.right, typeof act.byMail]).toEqual(['asked', 'string']);
  });
  it.each(acts)('$name has a way in: a call or a command, or a job of the clock that there is', async (act) => {
    const page = await actsPage([act]);
    const jobs = clockJobs({ settings: { policy: {} } } as App).map((job) => job.name);
    for (const job of act.byClock ?? []) expect(jobs).toContain(job);
    expect(act.right === 'none').toBe(!page.includes('`POST '));
    expect(act.right === 'none').toBe(!page.includes('`postern act'));
    if (act.right === 'none') expect(act.byPage ?? act.byClock).not.toHaveLength(0);
  });
});
