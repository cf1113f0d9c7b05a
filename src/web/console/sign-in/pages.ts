/** Pages for whoever is not signed in yet. None of them says whether an address is one of ours. */
import { html } from 'hono/html';
import { attemptMinutes } from '../../../staff/sign-in.ts';
import type { Html } from '../../html.ts';

const to = (back: string): Html => html`<input type="hidden" name="to" value="${back}">`;
/** Beside the field that it is about. */
const saying = (fault: string | null): Html | string =>
  fault === null ? '' : html`<p class="fault" id="fault" role="alert">${fault}</p>`;
const faulty = (fault: string | null): Html | string =>
  fault === null ? '' : html` aria-invalid="true" aria-describedby="fault"`;

export type SignInShown = {
  readonly back: string;
  readonly typed?: string;
  readonly fault?: string | null;
  /** Passkeys can be used here. */
  readonly passkeys: boolean;
  /** The name of the organisation's login. */
  readonly provider: string | null;
  /** The demo lets in whoever is on its machine. */
  readonly demo: boolean;
};

export const signInBody = ({ back, typed = '', fault = null, passkeys, provider, demo }: SignInShown): Html =>
  html`${demo ? html`<p class="lead"><a class="btn main" href="${back}">Look around the demo</a></p>` : ''}
<form class="sign-in" method="post" action="/sign-in">${to(back)}
<label class="field"><span>E-mail address</span><input type="email" name="email" value="${typed}" autocomplete="username webauthn" required autofocus${faulty(fault)}></label>
${saying(fault)}<button class="btn main">Send me a code</button>
</form>
${passkeys || provider !== null ? html`<p class="or">or</p>` : ''}
${
  passkeys
    ? html`<form data-passkey="sign-in" hidden>${to(back)}<button class="btn">Sign in with a passkey</button><p class="fault" role="alert" data-passkey-says></p></form>
<noscript><p class="hint">Passkeys need scripts.</p></noscript>`
    : ''
}
${
  provider === null
    ? ''
    : html`<p><a class="btn" href="/sign-in/provider?to=${encodeURIComponent(back)}">Sign in with ${provider}</a></p>`
}
<p class="hint">Only our own people can sign in. No mail today? Whoever has a shell on this machine makes a link: <code>postern staff sign-in ADDRESS</code></p>`;

export const codeBody = ({ back, typed = '', fault = null }: Pick<SignInShown, 'back' | 'typed' | 'fault'>): Html =>
  html`<p class="lead">If that address is on record here, a code of eight characters is on its way to it. It works once, and for ${attemptMinutes} minutes.</p>
<form class="sign-in" method="post" action="/sign-in/code">${to(back)}
<label class="field"><span>Code</span><input class="code" name="code" value="${typed}" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" maxlength="40" required autofocus${faulty(fault)}></label>
${saying(fault)}<button class="btn main">Sign in</button>
</form>
<p class="hint">Nothing came? Look among what was sorted out as spam, or <a href="/sign-in?to=${encodeURIComponent(back)}">ask for another one</a>.</p>`;

export const linkBody = (name: string, token: string): Html =>
  html`<p class="lead">This link signs you in as ${name}, once.</p>
<form class="sign-in" method="post" action="/sign-in/link/${token}"><button class="btn main" autofocus>Sign in</button></form>`;

export const overBody = (says: string): Html =>
  html`<p class="lead">${says}</p><p><a class="btn main" href="/sign-in">Sign in</a></p>`;
