/**
 * Traces by OpenTelemetry, from a mail to the answer that the mail server gives to its letters (decision 0082). The id of a trace, and of
 * its first span, follow from the id of the mail: whichever process does the next step, minutes or days later, adds to the same trace, and
 * nothing has to be kept or handed on for it. Loaded only where OTEL_EXPORTER_OTLP_ENDPOINT is set.
 */
import { createHmac, randomBytes } from 'node:crypto';
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type IdGenerator,
  type Sampler,
  SamplingDecision,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { BullMQOtel } from 'bullmq-otel';
import type { SpanFields, Traces } from '../foundation/traces.ts';

export type TraceSettings = {
  /** Where spans are posted to: OTLP over HTTP, as JSON. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  /** Of all mails so many are traced: 0 to 1. */
  readonly share: number;
};

/** What the queues need: BullMQ's own spans, in the trace of the mail that a job is about. */
export type QueueTraces = {
  readonly telemetry: BullMQOtel;
  /** Goes along with a job, so that whoever takes it goes on with the trace. */
  metadataOf(mail: string): string;
  ofMail: Traces['ofMail'];
  ofNone<T>(work: () => Promise<T>): Promise<T>;
};

export type OpenTraces = Traces & { readonly queues: QueueTraces; close(): Promise<void> };

type Ids = { readonly traceId: string; readonly spanId: string };

/** The first span of a mail gets the ids that were foreseen for it; every other draws its own. */
class Foreseen implements IdGenerator {
  next: Ids | null = null;
  generateTraceId(): string {
    return this.next?.traceId ?? randomBytes(16).toString('hex');
  }
  generateSpanId(): string {
    return this.next?.spanId ?? randomBytes(8).toString('hex');
  }
}

/** What is in the trace of a mail is seen as that is; what is in none, such as the ticks of the queues, is not. */
const ofMailsOnly = (foreseen: Foreseen, isTraced: (traceId: string) => boolean): Sampler => ({
  shouldSample(given, traceId) {
    const parent = trace.getSpanContext(given);
    const seen = parent ? (parent.traceFlags & TraceFlags.SAMPLED) !== 0 : foreseen.next !== null && isTraced(traceId);
    return { decision: seen ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  },
  toString: () => 'OfMailsOnly',
});

const scope = 'postern';

/** `key`: the same in every process of this Postern, and in no other. */
export function openTraces(settings: TraceSettings, key: string): OpenTraces {
  const { url, headers, service, share } = settings;
  const isTraced = (traceId: string): boolean => Number.parseInt(traceId.slice(0, 8), 16) / 2 ** 32 < share;
  const foreseen = new Foreseen();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    idGenerator: foreseen,
    sampler: ofMailsOnly(foreseen, isTraced),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, headers: { ...headers } }),
        scheduledDelayMillis: 2_000,
      }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const tracer = provider.getTracer(scope);
  const telemetry = new BullMQOtel({ tracerName: 'bullmq' });
  // What BullMQ does again and again is in the trace of no mail.
  Object.assign(telemetry.contextManager, { root: () => ROOT_CONTEXT });

  function idsOf(mail: string): Ids {
    const hex = createHmac('sha256', key).update(`postern trace of mail ${mail}`).digest('hex');
    return { traceId: hex.slice(0, 32), spanId: hex.slice(32, 48) };
  }
  function contextOf(mail: string): Context {
    const ids = idsOf(mail);
    const traceFlags = isTraced(ids.traceId) ? TraceFlags.SAMPLED : TraceFlags.NONE;
    return trace.setSpanContext(ROOT_CONTEXT, { ...ids, traceFlags, isRemote: true });
  }
  const ofMail: Traces['ofMail'] = (mail, work) => {
    if (mail === null) return work();
    // A job of this mail alone has gone on with its trace already; one of many mails has not.
    const now = trace.getSpanContext(context.active());
    return now?.traceId === idsOf(mail).traceId ? work() : context.with(contextOf(mail), work);
  };

  async function within<T>(span: Span, work: (note: (fields: SpanFields) => void) => Promise<T>): Promise<T> {
    try {
      return await context.with(trace.setSpan(context.active(), span), () =>
        work((fields) => span.setAttributes(fields)),
      );
    } catch (error) {
      // The name alone: messages may hold what a mail says.
      const { code, name } = error as { code?: unknown; name?: unknown };
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(code ?? name ?? 'error') });
      throw error;
    } finally {
      span.end();
    }
  }

  return {
    received(mail, from, fields) {
      foreseen.next = idsOf(mail);
      const attributes = { 'postern.mail': mail, ...fields };
      tracer.startSpan('receive mail', { kind: SpanKind.SERVER, root: true, startTime: from, attributes }).end();
      foreseen.next = null;
    },
    ofMail,
    step: (name, work, fields = {}) =>
      trace.getSpanContext(context.active()) === undefined
        ? work(() => {})
        : within(tracer.startSpan(name, { attributes: fields }), work),
    queues: {
      telemetry,
      metadataOf: (mail) => telemetry.contextManager.getMetadata(contextOf(mail)),
      ofMail,
      ofNone: (work) => context.with(ROOT_CONTEXT, work),
    },
    async close() {
      await provider.shutdown();
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
