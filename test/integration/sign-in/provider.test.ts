/** The login of the organisation, against a provider that speaks OpenID Connect. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openProvider } from '../../../src/sign-in/provider.ts';
import { freePort } from '../../support/process.ts';
import { clientSecret, startOpenIdProvider, type TestProvider } from '../../support/servers/openid-provider.ts';
import { caller, type SignInDesk, startSignInDesk } from './desk.ts';

const back = 'https://desk.example/sign-in/provider/done';
const settings = (issuer: string, secret = clientSecret) => ({
  ...{ name: 'Desk login', issuer, clientId: 'postern', clientSecret: secret, scopes: ['openid', 'email'] },
});
let provider: TestProvider;
let desk: SignInDesk;
beforeAll(async () => {
  provider = await startOpenIdProvider(back, {
    nia: { email: 'Nia@Desk.example', email_verified: true },
    vic: { email: 'vic@desk.example', email_verified: false },
    eve: { email: 'eve@elsewhere.example', email_verified: true },
  });
  desk = await startSignInDesk(openProvider(settings(provider.issuer)));
});
afterAll(async () => {
  await desk.stop();
  await provider.stop();
});
beforeEach(() => desk.anew());

const login = () => {
  const { provider: found } = desk.signIn;
  if (!found) throw new Error('there is one');
  return found;
};
async function begun() {
  const answer = await login().begin(caller);
  if (answer.kind !== 'begun') throw new Error(answer.kind);
  return answer;
}
async function through(who: string) {
  const { token, url } = await begun();
  const { search } = await provider.signIn(url, who);
  return { token, search, tried: await login().end(token, search, caller) };
}

describe('the login of the organisation', () => {
  it('lets in whom the provider names by a verified address of ours', async () => {
    const { tried } = await through('nia');
    if (tried.kind !== 'in') throw new Error(tried.kind);
    expect((await desk.signIn.find(tried.session, true))?.member.email).toBe('nia@desk.example');
    expect(await desk.audit()).toMatchObject([{ action: 'session-started', detail: { way: 'provider' } }]);
  });
  it.each([
    ['vic', 'not-verified', 'vic@desk.example'],
    ['eve', 'not-ours', 'nobody of ours'],
  ])('does not let %s in: %s', async (who, why, subject) => {
    expect((await through(who)).tried).toEqual({ kind: 'refused', why });
    expect(await desk.audit()).toMatchObject([{ action: 'sign-in-failed', subject_id: subject }]);
    expect(JSON.stringify(await desk.query('select * from audit'))).not.toContain('elsewhere.example');
  });
  it('believes an answer once, and in the browser that asked for it', async () => {
    const { token, search } = await through('nia');
    expect(await login().end(token, search, caller)).toEqual({ kind: 'refused', why: 'over' });
    const other = await begun();
    const answer = await provider.signIn((await begun()).url, 'nia');
    expect(await login().end(other.token, answer.search, caller)).toEqual({ kind: 'refused', why: 'no' });
    expect(await login().end(undefined, answer.search, caller)).toEqual({ kind: 'refused', why: 'over' });
  });
  it('is refused where somebody says no, or the answer is made up', async () => {
    for (const query of ['?error=access_denied', '?code=made-up', '']) {
      const { token } = await begun();
      expect(await login().end(token, query, caller), query).toEqual({ kind: 'refused', why: 'no' });
    }
    expect(await desk.query('select from staff_sessions')).toEqual([]);
  });
});

describe('a provider that is away', () => {
  it('is said to be, and asked again with the next try', async () => {
    const gone = openProvider(settings(`http://127.0.0.1:${await freePort()}`));
    const bound = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };
    for (let n = 0; n < 2; n += 1)
      await expect(gone.address(bound, back)).rejects.toMatchObject({ code: 'provider-away' });
  });
  it('that does not know our secret lets nobody in', async () => {
    const wrong = openProvider(settings(provider.issuer, 'another-secret-of-the-tests-0123456789'));
    const bound = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };
    const cameBack = await provider.signIn(await wrong.address(bound, back), 'nia');
    await expect(wrong.named(bound, cameBack)).rejects.toMatchObject({ code: 'provider-refused' });
  });
});
