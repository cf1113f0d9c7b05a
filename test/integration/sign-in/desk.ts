/** A desk whose people sign in, on real servers: database, and a mail server that gets the codes. */

import { letterSender } from '../../../src/flows/letters/send-letter.ts';
import type { Caller } from '../../../src/flows/sign-in/deps.ts';
import { openSignIn, type SignIn } from '../../../src/flows/sign-in/sign-in.ts';
import type { OpenIdProvider } from '../../../src/sign-in/provider.ts';
import { startApp } from '../../support/app.ts';
import { codeIn } from '../../support/console-desk.ts';

export type SignInDesk = Awaited<ReturnType<typeof startSignInDesk>>;

export const caller: Caller = {
  address: '192.0.2.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
};
export const from = (address: string | null): Caller => ({ ...caller, address });

/** Nia is an admin who was added; Vic a viewer. */
export async function startSignInDesk(provider: OpenIdProvider | null = null) {
  const desk = await startApp({ PUBLIC_URL: 'https://desk.example' });
  const { app, sink, query } = desk;
  const send = letterSender(app.outbound());
  const signIn: SignIn = openSignIn({
    ...app,
    publicUrl: app.settings.publicUrl,
    provider,
    isDemo: false,
    sendNow: (letter) => send({ letter, fence: '1' }),
  });
  const add = async (name: string, email: string, roles: readonly string[]) => {
    const person = { name, email, roles, hours: null, timezone: null, absent: [], products: [] };
    await query(
      'insert into staff (email, person) values ($1, $2) on conflict (email) do update set person = excluded.person',
      [email, JSON.stringify(person)],
    );
    await app.refreshStaff();
  };
  return {
    ...desk,
    signIn,
    add,
    /** Codes that have come, the newest last. */
    codes: async (): Promise<string[]> => {
      await signIn.codes.settled();
      return Promise.all(sink.letters.map(codeIn));
    },
    /** The newest that went to somebody: letters to several leave in any order. */
    codeFor: async (email: string): Promise<string> => {
      await signIn.codes.settled();
      return codeIn(sink.letters.findLast(({ rcptTo }) => rcptTo.includes(email)));
    },
    audit: () =>
      query<{ actor: string; action: string; subject_id: string; detail: Record<string, unknown> }>(
        "select actor, action, subject_id, detail from audit where subject_kind = 'staff' order by id",
      ),
    async anew() {
      await signIn.codes.settled();
      await desk.anew('');
      await add('Nia Vale', 'nia@desk.example', ['admin']);
      await add('Vic Ray', 'vic@desk.example', ['viewer']);
    },
  };
}
