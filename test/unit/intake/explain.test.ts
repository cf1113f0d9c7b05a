import { describe, expect, it } from 'vitest';
import { explain, explainJson } from '../../../src/intake/explain.ts';
import { play } from '../../support/world.ts';

const lines = async (story: string) => {
  const { decision, mail } = await play(story);
  const { sentence, evidence } = explain(decision, mail);
  return { sentence, evidence: evidence.map((one) => `${one.label}: ${one.value}`) };
};

describe('why a mail was decided as it was', () => {
  it('says grade, PIN, site, contact by id and role, contract, severity, deadline and letters of a new case', async () => {
    expect(await lines('pin-in-the-subject')).toEqual({
      sentence: 'The PIN is that of site 1000345, the sender is on record there, and the site is entitled to support.',
      evidence: [
        'rule: POLICY §3.r14',
        'grade: verified (DMARC passed)',
        'written to: support@desk.example',
        'PIN: 345',
        'site: 1000345',
        'contact: 11 (primary)',
        'contract: entitled on 2026-05-13, plan standard (Vault: 50 user and 50 support licences)',
        'case: incident: Workflow Stopped Unexpectedly',
        'severity: 3 (assumed, the mail names none)',
        'deadline: 2026-05-13 13:30 UTC (standard, business)',
        'change: The mail belongs to case (new).',
        'change: Case (new) (Workflow Stopped Unexpectedly) is opened at severity 3.',
        'change: The clock of case (new) starts; its first response is due by 2026-05-13T14:30:00+01:00.',
        'change: Contact 11 takes part in case (new).',
        'change: The mail is shown on case (new).',
        'letter: acknowledgement to the contact is sent',
      ],
    });
  });
  it('says until when a provisional case is in grace, and who is told', async () => {
    const { evidence } = await lines('severity-one-in-grace');
    expect(evidence).toContain(
      'contract: support ended on 2026-05-05; grace for severity 1 until 2026-05-19, severity 2 until 2026-05-19',
    );
    expect(evidence).toContain('case: incident (provisional): Producción parada');
    expect(evidence).toContain('letter: staff-notice (grace-wrote) to the staff is sent');
  });
  it('says that a site is under-covered, in its trial, or lapsed', async () => {
    expect((await lines('under-covered')).evidence).toContain(
      'contract: under-covered on 2026-05-13, plan standard (Vault: 40 user and 25 support licences)',
    );
    expect((await lines('trial-severity-one')).evidence).toContain(
      'contract: trial of Vault on 2026-05-13, until 2026-05-30',
    );
    expect((await lines('lapsed-customer')).evidence).toContain('contract: support ended on 2026-02-28');
  });
  it('says that the product is none of theirs', async () => {
    const { evidence } = await lines('product-without-a-licence');
    expect(evidence.find((line) => line.startsWith('contract'))).toMatch(/; the product named is none of theirs$/);
  });
  it('names the thread and by what it was found, and the case that is changed', async () => {
    const { evidence } = await lines('reply-by-plus-address');
    expect(evidence).toContain('thread: case 100001, by plus-address');
    expect(evidence).toContain('case: 100001');
    expect(evidence).toContain('letter: none');
  });
  it('says why a letter is not sent, or waits', async () => {
    expect((await lines('through-a-mailing-list')).evidence).toContain(
      'letter: acknowledgement to the contact is not sent: the mail is not to be answered (list)',
    );
    expect((await lines('old-mail-of-a-mailbox-just-met')).evidence).toContain(
      'letter: acknowledgement to the contact waits for a person: the mail was more than 48 hours old when it was first seen',
    );
  });
  it('says that a sender is not on record, and names nothing where nothing is known', async () => {
    const { evidence } = await lines('stranger');
    expect(evidence).toEqual([
      'rule: POLICY §3.r18',
      'grade: verified (DMARC passed)',
      'written to: support@desk.example',
      'PIN: none',
      'site: none',
      'contact: not on record',
      'letter: neutral-receipt to the sender is sent',
    ]);
  });
  it('says that a Message-ID was used before, and which licence number stood for the PIN', async () => {
    expect((await lines('same-message-id-other-content')).evidence).toContain(
      'Message-ID: used before by another mail with other content',
    );
    expect((await lines('licence-number-in-place-of-pin')).evidence).toContain('licence: U-1001');
  });
  it('lists two PINs and masks a privileged one', async () => {
    expect((await lines('two-pins-in-the-subject')).evidence).toContain('PIN: 345, 340');
    const privileged = await lines('privileged-pin-in-the-subject');
    expect(privileged.evidence).toContain('PIN: none, a privileged PIN (masked)');
    expect(JSON.stringify(privileged)).not.toContain('7KQ2M9XWY');
  });
});

describe('the line for programs', () => {
  const json = async (story: string) => {
    const { decision, mail } = await play(story);
    return explainJson(`${story}.eml`, mail, decision);
  };

  it('has exactly the fields that are promised', async () => {
    expect(await json('pin-in-the-subject')).toEqual({
      file: 'pin-in-the-subject.eml',
      class: 'person',
      grade: 'verified',
      from: 'ada@aldous.example',
      subject: 'PIN 345 Workflow Stopped Unexpectedly',
      title: 'Workflow Stopped Unexpectedly',
      pin: '345',
      newText: expect.stringContaining('since this morning the nightly workflow stops'),
      bounce: [],
      attachments: [],
      outcome: 'case-opened',
      reason: 'The PIN is that of site 1000345, the sender is on record there, and the site is entitled to support.',
    });
  });
  it('lists the recipients of a delivery report', async () => {
    expect(await json('bounce-of-an-acknowledgement')).toMatchObject({
      class: 'bounce',
      bounce: [{ address: 'ada@aldous.example', action: 'failed', status: '5.1.1', kind: 'hard' }],
      outcome: 'bounce-recorded',
    });
  });
  it('lists attachments by name, type and size', async () => {
    expect((await json('attachment-with-a-japanese-name')).attachments).toEqual([
      { name: 'ログ.txt', type: 'text/plain', size: expect.any(Number) },
      { name: 'screen.png', type: 'image/png', size: 12 },
    ]);
  });
  it('has null where there is no one plain sender, and no PIN', async () => {
    expect(await json('several-addresses-in-from')).toMatchObject({ from: null, grade: 'failed' });
    expect(await json('stranger')).toMatchObject({ pin: null });
  });
  it('never shows a privileged PIN', async () => {
    const shown = await json('privileged-pin-in-the-subject');
    expect(shown.pin).toBe('p*********');
    expect(JSON.stringify(shown)).not.toContain('7KQ2M9XWY');
  });
});
