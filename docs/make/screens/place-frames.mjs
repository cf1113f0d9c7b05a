/**
 * Run by the browser in a contact sheet (`sheets.ts`). Gives every frame from `from` on the height of what is in it and puts it into the
 * column that ends first. What does not fit is hidden; the number of the first one that did not is where the next sheet begins.
 */
globalThis.placeFrames = ({ from, scale, gap, height, width }) => {
  const figures = [...document.querySelectorAll('figure')];
  for (const figure of figures) figure.style.visibility = 'hidden';
  const columns = Math.max(1, Math.floor((width + gap) / ((figures[0]?.offsetWidth ?? width) + gap)));
  const ends = Array.from({ length: columns }, () => 0);
  let at = from;
  for (; at < figures.length; at += 1) {
    const figure = figures[at];
    const frame = figure.querySelector('iframe');
    const tall = frame.contentDocument.documentElement.scrollHeight;
    frame.style.height = `${tall}px`;
    frame.parentElement.style.height = `${Math.ceil(tall * scale)}px`;
    const column = ends.indexOf(Math.min(...ends));
    const top = ends[column];
    if (top > 0 && top + figure.offsetHeight > height) break;
    figure.style.left = `${column * (figure.offsetWidth + gap)}px`;
    figure.style.top = `${top}px`;
    figure.style.visibility = 'visible';
    ends[column] = top + figure.offsetHeight + gap;
  }
  document.body.style.height = `${Math.max(...ends)}px`;
  return at;
};
