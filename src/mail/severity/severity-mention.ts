/** A severity that a text names, with what stands around it. */
export type Mention = {
  readonly severity: string;
  /** The word and its number. */
  readonly text: string;
  /** Of its sentence. */
  readonly start: number;
  readonly end: number;
  readonly sentence: string;
  /** Of its clause. */
  readonly before: string;
  readonly after: string;
  readonly question: boolean;
  /** In brackets, which say it of what stands around them. */
  readonly bracketed: boolean;
};
