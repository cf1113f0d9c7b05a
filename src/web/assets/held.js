/* A list beside a pane: the pane shows what is framed. Until it does, no key does anything to what it showed before. */
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const shown = (element) => element && element.getClientRects().length > 0;
  const say = (detail) => document.dispatchEvent(new CustomEvent('say', { detail }));
  const paneNow = () => find('main .pane');

  const framed = () => {
    const at = document.activeElement;
    return at?.matches(':focus-visible') ? at.closest('[data-opens] [data-row]') : null;
  };
  /* The row that is framed, where the pane shows another one. */
  const ahead = () => {
    const row = framed();
    return row && !find('[aria-current]', row) ? row : null;
  };
  const linkOf = (row) => find('[data-main]', row);
  const typedIn = (pane) =>
    all('input:not([type="hidden"]), textarea', pane).some(({ value, defaultValue }) => value !== defaultValue);

  /* A key that was pressed for a pane that had not come yet. */
  let later = null;
  let following = false;

  async function paneAt(href) {
    const answer = await fetch(href, { headers: { 'hx-request': 'true', 'x-part': 'pane' } }).catch(() => null);
    return answer?.ok ? find('.pane', new DOMParser().parseFromString(await answer.text(), 'text/html')) : null;
  }
  function openIn(pane, fresh, row) {
    pane.replaceChildren(...fresh.childNodes);
    pane.scrollTop = 0;
    window.htmx?.process(pane);
    for (const one of all('[data-opens] [data-row] [aria-current]')) {
      one.removeAttribute('aria-current');
      one.closest('[data-row]').classList.remove('on');
    }
    const link = linkOf(row);
    link.setAttribute('aria-current', 'true');
    row.classList.add('on');
    history.replaceState(history.state, '', link.href);
  }
  async function follow() {
    const pane = paneNow();
    if (following || !shown(pane)) return;
    following = true;
    for (let row = ahead(); row; row = ahead()) {
      if (typedIn(pane)) {
        say('What you typed is not sent, so its mail stays open. Enter opens the other one instead.');
        break;
      }
      pane.setAttribute('aria-busy', 'true');
      const fresh = await paneAt(linkOf(row).href);
      if (!fresh) {
        say('It could not be opened just now. Enter tries it once more.');
        break;
      }
      if (framed() === row && pane.isConnected) openIn(pane, fresh, row);
    }
    pane.removeAttribute('aria-busy');
    following = false;
    pressLater();
  }
  /* What opens fields is opened; what does something at once is only gone to: nobody has seen yet what it does. */
  function pressLater() {
    const key = later;
    later = null;
    if (key === null || !framed() || ahead()) return;
    const target = all(`[data-key="${CSS.escape(key)}"]`, paneNow()).find(shown);
    if (target?.matches('summary')) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    else target?.focus();
  }
  document.addEventListener('focusin', follow);

  const chosen = () => all('[data-opens] [data-row] input[type="checkbox"]').filter((one) => one.checked).length;
  document.addEventListener('pressed', (event) => {
    const { target } = event;
    if (!paneNow()?.contains(target)) return;
    if (chosen() > 0 && target.closest('.offer')) {
      event.preventDefault();
      say('Some are chosen, and this would be done to another one. Esc chooses none.');
    } else if (ahead()) {
      event.preventDefault();
      later = event.detail;
      follow();
    }
  });
  /* It is open already: what is read by Enter is its text. */
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.matches?.('[data-opens] [data-row] [aria-current]')) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !shown(paneNow())) return;
    event.preventDefault();
    find('#opened')?.focus();
  });
  /* Words for a field that has not come yet are no keys. */
  document.addEventListener(
    'keydown',
    (event) => {
      if (later === null || event.key.length > 1 || 'jk'.includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
})();
