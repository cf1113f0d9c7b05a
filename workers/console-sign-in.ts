/** By what our people sign in to the console, filled in. */
import { letterSender } from '../src/flows/letters/send-letter.ts';
import { openSignIn } from '../src/flows/sign-in/sign-in.ts';
import { openStaffPages } from '../src/flows/staff/staff-pages.ts';
import type { App } from '../src/runtime/app.ts';
import { openProvider } from '../src/sign-in/provider.ts';
import type { ConsoleDeps } from '../src/web/console/deps.ts';

type SignInPart = Pick<ConsoleDeps, 'signIn' | 'staff' | 'trustedProxies' | 'zone' | 'queues' | 'publicUrl'>;

/** `settled`: what was asked for is out, or its failure in the log. */
export function consoleSignIn(app: App): SignInPart & { readonly settled: () => Promise<void> } {
  const { publicUrl, trustedProxies, loginProvider, demo } = app.settings;
  let send: ReturnType<typeof letterSender> | null = null;
  const signIn = openSignIn({
    ...app,
    publicUrl,
    provider: loginProvider && openProvider(loginProvider),
    isDemo: demo,
    sendNow: (letter) => {
      send ??= letterSender(app.outbound());
      return send({ letter, fence: '1' });
    },
  });
  return {
    signIn,
    staff: openStaffPages(app),
    trustedProxies,
    zone: app.policy.desk.timezone,
    queues: app.queues,
    publicUrl,
    settled: () => signIn.codes.settled(),
  };
}
