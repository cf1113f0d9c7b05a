/** What other programs are told: a public list, ids alone, and a page that is true. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadSchema, webhooksPage } from '../../../docs/make/webhooks.ts';
import { type Change, changeRows } from '../../../src/changes/change.ts';
import { outcomeNames } from '../../../src/changes/outcome.ts';
import { toldOfChanges, toldOfDecision } from '../../../src/changes/webhooks/told.ts';
import { carriedBy, hookFields, hookTopics, isTopic, topicNames } from '../../../src/changes/webhooks/topics.ts';
import { bodyOf } from '../../../src/flows/webhooks/deliver.ts';

const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (ajv: Ajv2020, formats: string[]) => void)(ajv, ['date-time']);
const fits = ajv.compile(payloadSchema);

describe('the topics', () => {
  it('are each told of by a change, but for mail.held, which a decision says', () => {
    const told = new Set(Object.values(changeRows).flatMap(({ topic }) => (typeof topic === 'string' ? [topic] : [])));
    expect(topicNames.filter((one) => !told.has(one))).toEqual(['mail.held']);
    for (const one of told) expect(isTopic(one)).toBe(true);
  });
  it('stand in docs/webhooks.md, which is what `npm run webhooks` makes of the code', () => {
    const page = readFileSync(resolve(import.meta.dirname, '..', '..', '..', 'docs', 'webhooks.md'), 'utf8');
    expect(page).toBe(webhooksPage());
  });
  it('are sentences', () => {
    for (const { says } of Object.values(hookTopics)) expect(says).toMatch(/^[A-Z].*\.$/);
  });
});

const kinds = Object.keys(changeRows) as [Change['kind'], ...Change['kind'][]];
const digits = fc.stringMatching(/^[1-9]\d{0,8}$/);
/** Whatever a change may hold: ids, and what nobody else is to know. */
const anyChange = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.constant('2026-11-29T10:00:00Z'),
  by: fc.constantFrom(
    { kind: 'clock' },
    { kind: 'contact', contact: '7', mail: '12' },
    { kind: 'api', staff: 'kim@desk.example' },
  ),
  case: fc.option(digits),
  mail: fc.option(digits),
  contact: fc.option(digits),
  siteNumber: fc.option(fc.constant('1000345')),
  site: fc.constantFrom('9', { number: '1000512', name: 'secret-word', pins: [{ pin: '345' }] }),
  address: fc.constant('secret-word@customer.example'),
  title: fc.constant('secret-word'),
  text: fc.constant('secret-word'),
  pin: fc.constant('secret-word'),
  name: fc.constant('secret-word'),
});

describe('what is told', () => {
  it('holds the ids that the topic carries and no other word, whatever the change holds', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        for (const one of toldOfChanges([change as unknown as Change])) {
          const { change: kind, by, ...ids } = one.data;
          expect([kind, by]).toEqual([change.kind, change.by.kind]);
          expect(carriedBy(one.topic)).toEqual(expect.arrayContaining(Object.keys(ids)));
          expect(JSON.stringify(one)).not.toMatch(/secret-word|@/);
          for (const id of Object.values(ids)) expect(id).toMatch(/^\d+$/);
          const body = bodyOf({ topic: one.topic, happenedAt: change.at, data: one.data });
          expect(fits(JSON.parse(body)), JSON.stringify(fits.errors)).toBe(true);
          if (ids.case !== undefined) expect(one.key).toBe(`case:${ids.case}`);
        }
      }),
    );
  });
  it('is nothing of what stays between our people', () => {
    const change = { kind: 'owner-told', case: '100042', at: '', by: { kind: 'clock' } } as unknown as Change;
    expect(toldOfChanges([change])).toEqual([]);
  });
  it('says of every outcome whether the mail is held', () => {
    const held = outcomeNames.filter((outcome) => toldOfDecision([], '12', outcome).length > 0);
    expect(held).toEqual(outcomeNames.filter((outcome) => outcome.startsWith('held-')));
    expect(toldOfDecision([], '12', 'held-unknown')).toEqual([
      {
        topic: 'mail.held',
        key: 'mail:12',
        data: { change: 'mail-held', by: 'intake', mail: '12', outcome: 'held-unknown' },
      },
    ]);
  });
  it('has no field that no topic carries', () => {
    const carried = new Set(topicNames.flatMap((topic) => carriedBy(topic)));
    expect(Object.keys(hookFields).toSorted()).toEqual([...carried].toSorted());
  });
});
