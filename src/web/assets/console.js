/* Keys, live figures, and focus that stays. Every page works without it. */
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const shown = (element) => element && !element.disabled && element.getClientRects().length > 0;

  /* What a key did not do, and why: for ears and for eyes. */
  function say(text) {
    const says = find('#says');
    if (says) says.textContent = text;
    const line = find('#hint') ?? document.createElement('p');
    line.id = 'hint';
    line.className = 'said now';
    line.textContent = text;
    find('main .notices')?.append(line);
  }
  document.addEventListener('say', ({ detail }) => say(detail));

  /* Keys. */
  const typing = (target) =>
    target instanceof Element && target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable]');
  const rows = () => all('main [data-row]').filter(shown);
  const mainOf = (row) => find('[data-main]', row) ?? find('a[href]', row);
  const rowNow = () => document.activeElement?.closest?.('[data-row]') ?? find('main [data-row]:has([aria-current])');

  function move(by) {
    const list = rows();
    if (list.length === 0) return false;
    const here = list.indexOf(rowNow());
    const next = list[Math.min(list.length - 1, Math.max(0, here < 0 ? (by > 0 ? 0 : list.length - 1) : here + by))];
    mainOf(next)?.focus();
    next.scrollIntoView({ block: 'nearest' });
    return true;
  }
  function search() {
    const field = all('main input[type="search"]').find(shown) ?? find('#menu [data-search]');
    if (!field) return false;
    if (!shown(field)) find('#menu')?.showPopover?.();
    field.focus();
    field.select();
    return true;
  }
  /* On a list: what can be done with the chosen row, else with the list. */
  function offered() {
    const row = rowNow();
    const place = all('main [data-offers]').find(shown) ?? (row && all('[data-key]', row).find(shown)) ?? all('main .head .tools a, main .head .tools button').find(shown);
    if (!place) return false;
    place.focus();
    place.scrollIntoView({ block: 'nearest' });
    return true;
  }
  function up() {
    const way = find('main [data-up]');
    if (way) way.click();
    else history.back();
    return true;
  }
  /* And on to the next one: several below each other are chosen by one key. */
  function choose() {
    const box = rowNow() && find('input[type="checkbox"]', rowNow());
    if (!box) return false;
    box.click();
    return move(1);
  }
  function keys() {
    const sheet = find('#keys');
    if (sheet?.open) sheet.close();
    else sheet?.showModal();
    return Boolean(sheet);
  }
  /* A row's own action before that of the page. What belongs to a row that is not framed is never meant. */
  function press(key) {
    const selector = `[data-key="${CSS.escape(key)}"]`;
    const row = rowNow();
    const ofPage = all(`main ${selector}`).filter((one) => !one.closest('[data-row]'));
    const target = (row && all(selector, row).find(shown)) ?? ofPage.find(shown);
    if (!target && all(`main [data-row] ${selector}`).some(shown)) {
      // What is of a row is done to the one that is chosen, and to no other.
      say('Choose a row first, with j and k.');
      return true;
    }
    if (!target) return false;
    if (!target.dispatchEvent(new CustomEvent('pressed', { bubbles: true, cancelable: true, detail: key }))) return true;
    // It goes with what was chosen, and the focus stays in the list.
    if (!target.matches('[type="reset"]')) target.focus();
    const panel = target.matches('summary') ? target.parentElement : null;
    // What is open already, such as a draft, is not shut by the key that leads to it.
    if (!panel?.open || !fieldOf(panel)) target.click();
    if (panel?.open) intoSight(panel);
    return true;
  }
  const fieldOf = (panel) => find('textarea, select, input:not([type="hidden"])', panel);
  /* All of it, with the buttons below the field. */
  function intoSight(panel) {
    fieldOf(panel)?.focus({ preventScroll: true });
    panel.scrollIntoView({ block: panel.offsetHeight > innerHeight ? 'start' : 'nearest' });
  }
  document.addEventListener('panel', ({ target }) => intoSight(target));
  /* Leaving a field leads to what has opened it; once more shuts that. */
  function leave(target) {
    const panel = target.closest('details');
    const opener = panel && find(':scope > summary', panel);
    if (typing(target)) {
      if (shown(opener)) opener.focus({ preventScroll: true });
      else target.blur();
      return true;
    }
    if (!panel?.open || target !== opener) return false;
    panel.open = false;
    return true;
  }
  /* What could be taken back has a button of this key. */
  function nothingToUndo() {
    say(find('.notice[data-final]') ? 'What was just done cannot be undone.' : 'There is nothing to undo here.');
    return true;
  }
  const own = { z: nothingToUndo, j: () => move(1), k: () => move(-1), '/': search, '.': offered, u: up, '?': keys, ' ': choose };

  /* How many are chosen, beside what is done to them. */
  function countChosen() {
    for (const form of all('form.many')) {
      const count = [...form.elements].filter((one) => one.type === 'checkbox' && one.checked).length;
      const place = find('[data-chosen]', form);
      if (place) place.textContent = `${count} chosen:`;
    }
  }
  document.addEventListener('change', countChosen);
  document.addEventListener('reset', () => setTimeout(countChosen));
  window.addEventListener('pageshow', countChosen);

  let going = Number.NEGATIVE_INFINITY;
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const { key, target } = event;
    if (key === 'Escape' && target instanceof Element && !find('dialog[open]') && leave(target)) return;
    const ticks = target instanceof Element && target.matches('input[type="checkbox"], input[type="radio"]') && !target.closest('[data-row]');
    if (key === 'Enter' && target.form && (ticks || ((event.ctrlKey || event.metaKey) && typing(target)))) {
      event.preventDefault();
      return void target.form.requestSubmit();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(target) || find('dialog[open]')) return;
    if (key === ' ' && target instanceof Element && target.closest('button, summary, input, iframe')) return;
    const goes = going > event.timeStamp - 1500;
    going = Number.NEGATIVE_INFINITY;
    if (goes) {
      const place = find(`[data-go="${CSS.escape(key)}"]`);
      if (place) {
        event.preventDefault();
        place.click();
      }
      return;
    }
    find('#hint')?.remove();
    // Held down, a key would answer what it has asked itself.
    if ((!event.repeat && press(key)) || own[key]?.()) event.preventDefault();
    else if (key === 'g') going = event.timeStamp;
  });

  /* An offer is done as it was last shown. What was typed since is looked at first; it goes on by itself where the same would follow. */
  const offerOf = (form) => form.closest?.('details.offer');
  const willOf = (form) => find('.will', form);
  const said = (will) => (will ? will.textContent.trim() : '');
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (form && offerOf(form)) form.dataset.typed = 'yes';
  });
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      const will = willOf(form);
      if (form.dataset.typed !== 'yes' || !offerOf(form) || !will || !window.htmx) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const before = said(will);
      will.addEventListener(
        'htmx:after:swap',
        () => {
          delete form.dataset.typed;
          const now = said(will);
          // Nothing could be said, or it is refused: why is told by the answer to the form itself.
          if (form.dataset.atOnce !== undefined || now === '' || now === before || !find('input[name="expect"]', will)) return form.requestSubmit();
          tell(find('.told', form), 'This is what follows. Press again to do it.');
          find('.told .said', form)?.classList.add('now');
        },
        { once: true },
      );
      htmx.trigger(will, 'look');
    },
    true,
  );

  /* What was typed outlives a session, and a server that does not answer. */
  const tell = (place, ...parts) => {
    const note = document.createElement('p');
    note.className = 'said';
    note.append(...parts);
    place?.replaceChildren(note);
    note.scrollIntoView({ block: 'nearest' });
  };
  const toldOf = (element) => find('.told', element?.closest?.('form, .offer') ?? document) ?? find('.notices');
  let signedOut = false;
  function askToSignIn(place) {
    signedOut = true;
    const way = document.createElement('a');
    way.href = '/sign-in?to=/keys';
    way.target = '_blank';
    way.textContent = 'Sign in in another window';
    tell(place, 'You are signed out. What you typed stays here. ', way, ', then press again.');
  }
  async function newTokens() {
    const answer = await fetch('/keys', { headers: { 'x-part': 'tokens' } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const token = find('input[name="csrf"]', page)?.value;
    if (!token) return false;
    for (const field of all('input[name="csrf"]')) field.value = token;
    signedOut = false;
    return true;
  }
  document.addEventListener('htmx:before:response', (event) => {
    const { ctx } = event.detail;
    const { status, headers } = ctx.response;
    if (status === 401) {
      event.preventDefault();
      askToSignIn(toldOf(ctx.sourceElement));
    } else if (headers.get('x-form') === 'of-another-session') {
      event.preventDefault();
      const place = toldOf(ctx.sourceElement);
      newTokens().then((known) =>
        known ? tell(place, 'You have signed in anew since this page was opened, and nothing was done. Press again.') : askToSignIn(place),
      );
    }
  });
  document.addEventListener('htmx:error', (event) => {
    const source = event.detail.ctx?.sourceElement;
    if (!source?.matches?.('form')) return;
    tell(toldOf(source), 'There was no answer, so it is not known whether it was done. What you typed stays here: look whether it was before you press again.');
  });
  document.addEventListener('visibilitychange', () => {
    if (signedOut && document.visibilityState === 'visible') newTokens();
  });

  /* Focus stays where it was, or goes to what is said. */
  let focused = null;
  const idOf = (element) => {
    if (!(element instanceof Element)) return null;
    if (element.id) return `#${CSS.escape(element.id)}`;
    const href = element.getAttribute('href');
    return href ? `a[href="${CSS.escape(href)}"]` : null;
  };
  document.addEventListener('htmx:before:swap', () => {
    const list = rows();
    const none = document.activeElement === null || document.activeElement === document.body;
    focused = { selector: idOf(document.activeElement), row: list.indexOf(rowNow()), part: none ? find('#main') : null };
  });
  document.addEventListener('htmx:after:swap', () => {
    // Those of the page that came are newer than what the stream said last.
    const drawn = find('#main')?.dataset.figures;
    if (drawn && drawn !== lastDrawn) Object.assign(known, JSON.parse((lastDrawn = drawn)));
    watchFigures();
    // What is told beside a button is seen, once.
    for (const told of all('.told'))
      if (told.textContent !== (told.dataset.seen ?? '')) {
        told.dataset.seen = told.textContent;
        told.scrollIntoView({ block: 'nearest' });
      }
    // A live region that comes anew with what it says is read by nobody.
    const says = find('#says');
    if (says) says.textContent = all('main .notice p').map((one) => one.textContent).join(' ');
    if (document.activeElement && document.activeElement !== document.body) return;
    // Nothing had the focus, and only a part of the page is another one.
    if (focused?.part && focused.part === find('#main')) return;
    const same = focused?.selector && find(focused.selector);
    const list = rows();
    const row = focused && focused.row >= 0 ? list[Math.min(focused.row, list.length - 1)] : null;
    const target = same ?? (row && mainOf(row)) ?? find('#main');
    target?.focus({ preventScroll: Boolean(same) });
  });

  /* Live figures: one stream, while the page is looked at. */
  const known = {};
  let lastDrawn = find('#main')?.dataset.figures;
  let stream = null;
  function show(name) {
    const value = known[name];
    for (const element of all(`[data-live="${CSS.escape(name)}"]`)) {
      const text = value === '0' && element.closest('#menu') ? '' : value;
      if (element.textContent !== text) element.textContent = text;
    }
    for (const element of all(`[data-news="${CSS.escape(name)}"]`)) {
      const more = Number(value) - Number(element.dataset.seen);
      const grown = Number.isFinite(more) ? more > 0 : value !== element.dataset.seen;
      element.hidden = !grown;
      if (grown) element.textContent = Number.isFinite(more) && more > 0 ? `${more} new. Show` : 'This has changed. Show it as it is now';
    }
    // What the words of a part depend on is another: it is drawn anew, unless somebody is at it.
    for (const element of all(`[data-state="${CSS.escape(name)}"]`))
      if (value !== element.dataset.seen && !element.contains(document.activeElement) && !find('details[open]', element)) {
        element.dataset.seen = value;
        window.htmx?.trigger(element, 'stale');
      }
    document.dispatchEvent(new CustomEvent('figure', { detail: { name, value } }));
  }
  function watchFigures() {
    for (const name of Object.keys(known)) show(name);
  }
  function listen() {
    const wanted = document.visibilityState === 'visible' && find('#menu');
    if (!wanted) {
      stream?.close();
      stream = null;
      return;
    }
    if (stream) return;
    stream = new EventSource('/live');
    stream.addEventListener('figures', (event) => {
      Object.assign(known, JSON.parse(event.data));
      watchFigures();
    });
    stream.addEventListener('signed-out', () => {
      stream.close();
      askToSignIn(find('.notices'));
    });
  }
  document.addEventListener('visibilitychange', listen);
  window.addEventListener('pagehide', () => {
    stream?.close();
    stream = null;
  });
  window.addEventListener('pageshow', listen);
})();
