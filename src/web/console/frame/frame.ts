/** What every page is drawn with, beside its own content. */
import type { Figures } from '../live/figures.ts';
import type { Assets } from './assets.ts';

export type Frame = {
  readonly assets: Assets;
  /** As they were last known; empty where nobody has asked yet and they do not come at once. */
  readonly figures: () => Promise<Figures>;
};
