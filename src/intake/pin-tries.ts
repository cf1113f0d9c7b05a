/** POLICY §3 "Guessing": what a decision writes down about the PINs that were tried. */
export type PinTries = {
  /** What is counted for, each with the number that locks it. */
  readonly keys: readonly { readonly key: string; readonly most: number }[];
  readonly tried: number;
  readonly wrong: number;
  readonly withinMinutes: number;
  readonly lockHours: number;
};
