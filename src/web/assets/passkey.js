/** Passkeys: signing in with one, and adding one. Without it the forms stay hidden, and a code does the same. */
(() => {
  const { browserSupportsWebAuthn, startAuthentication, startRegistration } = SimpleWebAuthnBrowser;
  if (!browserSupportsWebAuthn()) return;

  const post = async (path, body, csrf) => {
    const headers = { 'content-type': 'application/json', ...(csrf && { 'x-csrf': csrf }) };
    const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.says ?? 'That did not work. Open the page again.');
    return told;
  };
  /** What the browser says where somebody has closed its dialog, or where there is none. */
  const saysOf = (error) => {
    if (error.name === 'NotAllowedError') return 'Nothing was chosen. Try again, or go on without a passkey.';
    if (error.name === 'SecurityError')
      return 'Passkeys are good for the address that PUBLIC_URL names. Open the console there.';
    if (error.name === 'InvalidStateError') return 'This device has a passkey for you already.';
    return error.message;
  };
  const ways = {
    async 'sign-in'(form) {
      const { options } = await post('/sign-in/passkey/begin', {});
      const response = await startAuthentication({ optionsJSON: options });
      const { to } = await post('/sign-in/passkey', { response, to: form.elements.to.value });
      location.assign(to);
    },
    async add(form) {
      const csrf = form.elements.csrf.value;
      const { options } = await post('/staff/passkeys/begin', {}, csrf);
      const response = await startRegistration({ optionsJSON: options });
      await post('/staff/passkeys', { response, name: form.elements.name.value }, csrf);
      location.reload();
    },
  };
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const says = form.querySelector('[data-passkey-says]');
      const button = form.querySelector('button');
      says.textContent = '';
      button.disabled = true;
      try {
        await ways[form.dataset.passkey](form);
      } catch (error) {
        says.textContent = saysOf(error);
        button.disabled = false;
        button.focus();
      }
    });
  }
})();
