/* One case: the draft is kept with every pause of typing, and who else is here is said. Every part of it works without. */
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const formNow = () => find('form[data-answer]');
  const caseNow = () => find('[data-case]');
  const token = () => find('input[name="csrf"]')?.value ?? '';
  const post = (path, fields, more) =>
    fetch(path, { method: 'POST', headers: { 'x-csrf': token() }, body: new URLSearchParams(fields), ...more });

  /* Typing. */
  let typedAt = Number.NEGATIVE_INFINITY;
  let timer = null;
  let keeping = Promise.resolve();
  let dirty = false;
  const kept = (form, text) => {
    const place = find('[data-kept]', form);
    if (place) place.textContent = text;
  };
  const tell = (form, text, way) => {
    const note = document.createElement('p');
    note.className = 'said';
    note.append(text);
    if (way) {
      const link = document.createElement('a');
      Object.assign(link, { href: '/sign-in?to=/keys', target: '_blank', textContent: way });
      note.append(' ', link);
    }
    find('[data-told]', form)?.replaceChildren(note);
  };

  async function newToken() {
    const answer = await fetch('/keys', { headers: { 'x-part': 'tokens' } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const value = find('input[name="csrf"]', page)?.value;
    for (const field of document.querySelectorAll('input[name="csrf"]')) if (value) field.value = value;
    return Boolean(value);
  }
  async function keep(form, again = true) {
    const text = find('textarea[name="text"]', form).value;
    dirty = false;
    const answer = await post(`${form.dataset.answer}/draft`, { text, seen: form.elements.seen.value }).catch(() => null);
    if (answer === null) {
      dirty = true;
      kept(form, 'Not kept yet: there is no answer. It is tried again.');
      timer = setTimeout(() => keepSoon(form), 3000);
      return false;
    }
    if (answer.redirected || answer.status === 401) {
      dirty = true;
      tell(form, 'You are signed out. What is on this page stays; the draft is kept as it was last said.', 'Sign in in another window');
      return false;
    }
    if (answer.headers.get('x-form') === 'of-another-session' && again && (await newToken())) return keep(form, false);
    if (!answer.ok) {
      dirty = true;
      kept(form, 'Not kept: the page has to be opened again.');
      return false;
    }
    const said = await answer.json();
    kept(form, said.kept);
    const will = find('[data-will]', form);
    // Drawn by the server, as the page itself was.
    if (will && will.innerHTML !== said.will) will.innerHTML = said.will;
    return true;
  }
  const keepSoon = (form) => {
    clearTimeout(timer);
    keeping = keeping.catch(() => false).then(() => keep(form));
    return keeping;
  };
  document.addEventListener('input', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !caseNow()) return;
    const form = field.form;
    // A note is no answer.
    if (!form || form.action.endsWith('/do/write-on-case')) return;
    const began = performance.now() - typedAt > 10_000;
    typedAt = performance.now();
    if (began) here();
    if (!form?.matches('[data-answer]')) return;
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => keepSoon(form), 600);
  });

  /* A kept answer that is chosen stands in the text; another one that is chosen then takes its place. */
  let putIn = '';
  document.addEventListener('change', async (event) => {
    const choice = event.target;
    if (!choice.matches?.('[data-canned]') || choice.value === '') return;
    const { form, value } = choice;
    const answer = await post(`${form.dataset.answer}/kept`, { canned: value }).catch(() => null);
    if (!answer?.ok || answer.redirected || choice.value !== value) return;
    const { text } = await answer.json();
    const field = find('textarea[name="text"]', form);
    const before = putIn !== '' && field.value.endsWith(putIn) ? field.value.slice(0, -putIn.length) : field.value;
    field.value = before.trim() === '' ? text : `${before.trimEnd()}\n\n${text}`;
    putIn = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });

  /* What is sent is what was said: typed since, it is looked at once more, and goes on by itself where the same would follow. */
  const saidOf = (form) => [...(find('[data-will]', form)?.querySelectorAll('p') ?? [])].map((one) => one.textContent).join(' ');
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches?.('[data-answer]') || !dirty) return;
    const does = event.submitter?.value ?? 'send';
    if (does !== 'send') return;
    event.preventDefault();
    const before = saidOf(form);
    const submitter = event.submitter ?? undefined;
    keepSoon(form).then((done) => {
      if (!done) return;
      const now = saidOf(form);
      if (now === before) form.requestSubmit(submitter);
      else tell(form, 'This is what follows now. Press again to send it.');
    });
  });

  /* Who else is here; and whether something was written since. */
  async function here() {
    const place = caseNow();
    if (!place || place.dataset.works === undefined || document.visibilityState !== 'visible') return;
    const typing = performance.now() - typedAt < 20_000 ? 'yes' : 'no';
    const answer = await post(place.dataset.case, { typing }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { says, newest } = await answer.json();
    const present = find('[data-present]');
    if (present && present.textContent !== says) present.textContent = says;
    const news = find('[data-case-news]');
    if (news && Number(newest) > Number(place.dataset.newest)) news.hidden = false;
  }
  here();
  setInterval(here, 10_000);
  document.addEventListener('visibilitychange', () => {
    here();
    const form = formNow();
    if (form && dirty && document.visibilityState === 'visible') keepSoon(form);
  });

  /* Whoever goes away keeps what was typed. */
  window.addEventListener('pagehide', () => {
    const form = formNow();
    if (form && dirty) post(`${form.dataset.answer}/draft`, { text: find('textarea[name="text"]', form).value, seen: form.elements.seen.value }, { keepalive: true });
  });

  /* A button beside puts a new page in the place of this one: what is typed goes with it. */
  let carried = null;
  document.addEventListener('htmx:before:swap', () => {
    const form = formNow();
    carried = form && dirty ? find('textarea[name="text"]', form).value : null;
  });
  document.addEventListener('htmx:after:swap', () => {
    const form = formNow();
    if (carried !== null && form) {
      find('textarea[name="text"]', form).value = carried;
      find('#answer').open = true;
      keepSoon(form);
    }
    carried = null;
  });

  /* A link to the answer, or to the note, opens it. */
  function openAnswer() {
    const { hash } = location;
    const panel = hash === '#answer' ? find('#answer') : hash === '#note' ? find('summary[data-key="n"]')?.parentElement : null;
    if (!panel) return;
    panel.open = true;
    panel.dispatchEvent(new Event('panel', { bubbles: true }));
  }
  window.addEventListener('hashchange', openAnswer);
  document.addEventListener('click', (event) => {
    if (event.target.closest?.('a[href="#answer"]')) setTimeout(openAnswer);
  });
  // By then the keys are there, too, which bring it into sight.
  document.addEventListener('DOMContentLoaded', openAnswer);
})();
