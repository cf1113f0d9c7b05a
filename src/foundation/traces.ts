/** What goes on with a mail, step by step, for whoever looks at traces. `runtime/` binds this to OpenTelemetry where that is asked for. */

/** Ids, names from short fixed lists and numbers; never words of a mail. */
export type SpanFields = Readonly<Record<string, string | number | boolean>>;

export type Traces = {
  /** A mail has come in, from then (milliseconds since 1970) to now: its trace begins. */
  received(mail: string, from: number, fields: SpanFields): void;
  /** `work` belongs to the trace of this mail; null: to none. */
  ofMail<T>(mail: string | null, work: () => Promise<T>): Promise<T>;
  /** A step of the trace that goes on just now; outside of one it is not seen. */
  step<T>(name: string, work: (note: (fields: SpanFields) => void) => Promise<T>, fields?: SpanFields): Promise<T>;
};

export const noTraces: Traces = {
  received() {},
  ofMail: (_, work) => work(),
  step: (_, work) => work(() => {}),
};
