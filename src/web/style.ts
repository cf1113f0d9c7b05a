/** One sheet for all pages; light and dark by the reader's choice. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf8, #16181b);
  --sheet: light-dark(#ffffff, #1d2024);
  --ink: light-dark(#1d1f22, #e4e3df);
  --faint: light-dark(#5e6268, #a0a3a8);
  --line: light-dark(#dedbd5, #33373d);
  --accent: light-dark(#7a2e1d, #e3a08d);
  --good: light-dark(#27613a, #86c79a);
  --bad: light-dark(#9a2323, #f09a94);
  --mono: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, "DejaVu Sans Mono", monospace;
  --text: ui-sans-serif, system-ui, "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif;
  --head: "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", "DejaVu Serif", Georgia, serif;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 var(--text); font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--sheet); padding: 0.5rem 1rem; z-index: 1; }
.top { display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; align-items: baseline; padding: 1.1rem max(1.25rem, calc(50% - 34rem)); border-bottom: 1px solid var(--line); background: var(--sheet); }
.name { font: 600 1.3rem/1.2 var(--head); color: var(--ink); text-decoration: none; letter-spacing: 0.01em; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.35rem; }
.top nav a { color: var(--faint); text-decoration: none; padding: 0.25rem 0; }
.top nav a:hover { color: var(--ink); }
.top nav a[aria-current] { color: var(--ink); box-shadow: 0 2px 0 var(--accent); }
main { max-width: 70.5rem; margin: 0 auto; padding: 2.25rem 1.25rem 4rem; }
h1 { font: 600 1.9rem/1.2 var(--head); margin: 0 0 0.6rem; text-wrap: balance; }
h2 { font: 600 1.2rem/1.3 var(--head); margin: 2.25rem 0 0.75rem; }
p { margin: 0 0 1rem; max-width: 42rem; }
.lead, .faint { color: var(--faint); }
code, pre, .mono { font: 0.875em/1.5 var(--mono); }
.good { color: var(--good); } .bad { color: var(--bad); }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 3px; padding: 0 0.45em; font-size: 0.8125rem; line-height: 1.55; color: var(--faint); white-space: nowrap; }
.places { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.places li { display: grid; grid-template-columns: 13rem 1fr; gap: 0.1rem 1.5rem; padding: 0.8rem 0; border-bottom: 1px solid var(--line); }
.letters { list-style: none; margin: 1.5rem 0 0; padding: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.letters li + li { border-top: 1px solid var(--line); }
.letters a { display: grid; grid-template-columns: 12rem 16rem 1fr auto; gap: 0.1rem 1.25rem; padding: 0.7rem 1.1rem; align-items: baseline; color: inherit; text-decoration: none; }
.letters a:hover { background: color-mix(in srgb, var(--accent) 7%, transparent); }
.letters a:focus-visible { outline-offset: -3px; }
.letters .when { color: var(--faint); font-size: 0.875rem; }
.letters .whom { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.letters .what { font-weight: 550; min-width: 0; }
.letters .kind { display: flex; flex-wrap: wrap; gap: 0.35rem; justify-content: end; }
.empty { padding: 2.5rem 1.25rem; text-align: center; background: var(--sheet); border: 1px dashed var(--line); border-radius: 6px; }
.empty p { margin-inline: auto; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.25rem; margin: 0 0 1.25rem; }
.facts dt { color: var(--faint); } .facts dd { margin: 0; min-width: 0; }
.steps { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; margin: 0 0 1.5rem; }
.shown { border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: #fff; }
iframe { display: block; width: 100%; height: 44rem; border: 0; color-scheme: light; resize: vertical; }
pre { margin: 0; padding: 1.1rem 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.heads { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.2rem 1.25rem; padding: 1.1rem 1.25rem; margin: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 6px; font: 0.8125rem/1.5 var(--mono); }
.heads dt { color: var(--faint); } .heads dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
details > summary { cursor: pointer; font: 600 1.2rem/1.3 var(--head); margin: 2.25rem 0 0.75rem; }
@media (max-width: 52rem) {
  body { font-size: 15.5px; }
  main { padding-top: 1.5rem; }
  h1 { font-size: 1.5rem; }
  .places li { grid-template-columns: 1fr; }
  .letters a { grid-template-columns: 1fr; }
  .letters .what { grid-row: 1; }
  .letters .whom { grid-row: 2; }
  .letters .kind { justify-content: start; margin-top: 0.25rem; }
  .facts, .heads { grid-template-columns: 1fr; gap: 0; }
  .facts dd, .heads dd { margin-bottom: 0.6rem; }
  iframe { height: 36rem; }
}
`;
