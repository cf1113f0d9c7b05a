/* The list of cases: who else is at which one, as it becomes known. */
(() => {
  document.addEventListener('figure', ({ detail: { name, value } }) => {
    if (name !== 'cases.present') return;
    const there = JSON.parse(value || '{}');
    const me = document.querySelector('[data-me]')?.dataset.me;
    for (const place of document.querySelectorAll('[data-present]')) {
      const others = (there[place.dataset.present] ?? []).filter(({ staff }) => staff !== me);
      const text = others.map((one) => `${one.name} ${one.typing ? 'types' : 'looks'}`).join(' · ');
      if (place.textContent !== text) place.textContent = text;
    }
  });
})();
