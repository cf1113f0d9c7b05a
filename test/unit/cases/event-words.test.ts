import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventWords } from '../../../src/cases/shown/event-words.ts';
import { wrapParts } from '../../../src/cli/output/table-layout.ts';
import { utc } from '../../../src/cli/output/times.ts';

const root = `${import.meta.dirname}/../../..`;

describe('an event of a case', () => {
  it.each([
    ['opened', { kind: 'incident', severity: 3, provisional: false, follows: null }, 'opened at severity 3, incident'],
    ['clock-started', { due: '2026-11-30T13:00:00.000Z' }, 'the clock runs, first response due 2026-11-30 13:00 UTC'],
    ['clock-paused', { until: null }, 'waits for the customer; the clock is paused'],
    ['offered', { to: ['77'], percent: 0 }, 'offered to 1 of our people'],
    ['offered', { to: ['77', '78'], percent: 80 }, 'not taken at 80 % of its time: told to 2 of our people'],
    ['owner-set', { from: null, to: 'kim@desk.example', how: 'taken' }, 'kim@desk.example has it'],
    ['owner-set', { from: 'kim@desk.example', to: null, how: 'left' }, 'nobody has it any more'],
    ['closed', { by: 'customer' }, 'closed by the customer'],
    ['closed', { by: 'command' }, 'closed by us'],
    ['reopened', {}, 'reopened'],
    [
      'severity-proposed',
      { by: 'staff', to: 2, from: 3, until: '2026-12-01T17:00:00Z' },
      'we propose severity 2 instead of 3, open until 2026-12-01 17:00 UTC',
    ],
  ])('says in a sentence what happened: %s', (kind, detail, says) => expect(eventWords(kind, detail, utc)).toBe(says));
  it('has a sentence for every kind that a change can be', () => {
    const sources = globSync('src/changes/**/*.ts', { cwd: root }).map((file) =>
      readFileSync(`${root}/${file}`, 'utf8'),
    );
    const kinds = sources.flatMap((text) =>
      [...text.matchAll(/kind: '([a-z-]+)',\s*(?:mail,\s*|at,\s*)?detail|event: event\('([a-z-]+)'\)/g)].map(
        ([, written, called]) => written ?? called ?? '',
      ),
    );
    expect(kinds.length).toBeGreaterThan(30);
    // Without a sentence of its own the detail stands as it is.
    const plain = kinds.filter((kind) => eventWords(kind, { other: 'x' }, utc).includes('(other x)'));
    expect(plain).toEqual([]);
    // Ids, and who did it as the audit has it, are for programs.
    expect(eventWords('privileged-pin-issued', { pin: '1', contact: '5', by: 'mail:30' }, utc)).not.toMatch(/\d/);
  });
  it('of a kind without a sentence shows its name and what is known of it', () => {
    expect(eventWords('yet-to-come', { kind: 'defect', reference: 'VLT-1' }, utc)).toBe(
      'yet to come (kind defect, reference VLT-1)',
    );
    expect(eventWords('constructor', null, utc)).toBe('constructor');
  });
});

describe('facts with a dot between them', () => {
  it('are broken between two facts, and within one only where it is longer than a line', () => {
    expect(wrapParts(['site 1000345', 'severity 3', 'open'], 26)).toEqual(['site 1000345 · severity 3', 'open']);
    expect(wrapParts(['site 1000345', 'one two three four'], 12)).toEqual(['site 1000345', 'one two', 'three four']);
    expect(wrapParts([], 12)).toEqual([]);
  });
});
