/** Numbers for the operator. Labels come from short fixed lists, never from mail. `runtime/` binds this to Prometheus. */
export type Meter = {
  /** Adds to a counter. */
  count(name: string, labels?: Record<string, string>, by?: number): void;
  /** Sets a gauge. */
  gauge(name: string, value: number, labels?: Record<string, string>): void;
  /** Records a duration or size in a histogram. */
  observe(name: string, value: number, labels?: Record<string, string>): void;
};

export const silentMeter: Meter = { count() {}, gauge() {}, observe() {} };
