/** What every worker is to those who start it. */
export type Worker = {
  readonly name: string;
  /** What keeps it from its work just now, in plain words; empty when all is well. */
  problems(): string[];
  /** Takes no more, lets what is in hand finish. */
  close(): Promise<void>;
};

/** A queue has been silent for so long that this process is better started anew. */
export type Gone = (why: string) => void;
