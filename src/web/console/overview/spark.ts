/** A line of figures, drawn as a path: no script, no style in the page. */
import { html } from 'hono/html';
import type { Html } from '../../html.ts';

const width = 100;
const height = 28;
const air = 2;

export function sparkPath(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const points = values.map((value, i) => {
    const y = height - air - (value / most) * (height - 2 * air);
    return `${(i * step).toFixed(1)} ${y.toFixed(1)}`;
  });
  return points.length === 0 ? '' : `M${points.join(' ')}`;
}

export const spark = (values: readonly number[]): Html =>
  html`<svg class="spark" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true"><path d="${sparkPath(values)}" vector-effect="non-scaling-stroke"/></svg>`;
