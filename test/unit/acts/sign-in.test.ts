/** Who ends whose sessions, and takes which passkeys off. */
import { describe, expect, it } from 'vitest';
import { endSessions } from '../../../src/acts/sign-in/end-sessions.ts';
import { removePasskey } from '../../../src/acts/sign-in/remove-passkey.ts';
import { asking, givenFor, kim, lea, person } from '../../support/worked-case.ts';

const vic = person('Vic Ray', 'vic@desk.example', { roles: ['viewer'] });
const given = (who: string | null) => givenFor(asking(who), { people: [kim, lea, vic] });
const sessions = (staff: string) => ['7', '8', '9'].map((id) => ({ id, staff, device: `Firefox ${id}` }));
const records = (staff: string) => ({ cases: [], letters: [], sessions: sessions(staff) });
const ended = (judged: ReturnType<typeof endSessions.judge>) =>
  judged.kind === 'refused'
    ? judged.says
    : judged.changes.map((change) => (change.kind === 'session-ended' ? change.session : change.kind));

describe('end-sessions', () => {
  const judge = (email: string, who: string | null, more: { session?: string; except?: string } = {}) =>
    ended(endSessions.judge({ email, ...more }, records(email), given(who)));

  it('ends all of somebody, one alone, or all but one', () => {
    expect(judge(lea.email, lea.email)).toEqual(['7', '8', '9']);
    expect(judge(lea.email, lea.email, { session: '8' })).toEqual(['8']);
    expect(judge(lea.email, lea.email, { except: '8' })).toEqual(['7', '9']);
  });
  it('is for oneself, whoever that is, and for others by who manages our people or has the token', () => {
    expect(judge(vic.email, vic.email)).toHaveLength(3);
    expect(judge(vic.email, lea.email)).toMatch(/Lea .* for themselves only/);
    expect(judge(vic.email, kim.email)).toHaveLength(3);
    expect(judge(vic.email, null)).toHaveLength(3);
    expect(judge(vic.email, 'eve@elsewhere.example')).toMatch(/none of our people/);
  });
  it('says where there is nothing to end', () => {
    expect(judge(lea.email, lea.email, { session: '12' })).toMatch(/has ended already/);
    const none = { cases: [], letters: [], sessions: [] };
    expect(ended(endSessions.judge({ email: lea.email }, none, given(lea.email)))).toBe(
      `${lea.email} is signed in nowhere.`,
    );
    expect(ended(endSessions.judge({ email: lea.email, except: '7' }, none, given(lea.email)))).toMatch(/nowhere else/);
  });
});

describe('remove-passkey', () => {
  const found = { id: 'abc', staff: lea.email, name: 'My laptop' };
  const judge = (passkey: typeof found | null, who: string | null) =>
    removePasskey.judge({ passkey: 'abc' }, { cases: [], letters: [], passkey }, given(who));

  it('takes off one of one’s own, and of others for who manages our people', () => {
    for (const who of [lea.email, kim.email, null])
      expect(judge(found, who)).toMatchObject({
        changes: [{ kind: 'passkey-removed', passkey: 'abc', staff: lea.email }],
      });
    expect(judge(found, vic.email)).toMatchObject({ kind: 'refused', why: 'no-right' });
    expect(judge(null, lea.email)).toMatchObject({ kind: 'refused', why: 'not-found' });
  });
});
