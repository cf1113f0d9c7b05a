/** Days and times as people type them into filters, in their own zone. */

/** ISO 8601, UTC: of `2026-11-29` its beginning there, of `2026-11-29 14:30` and of an ISO time that moment; null for what is none. */
export function momentIn(zone: string, typed: string): string | null {
  const text = typed.trim();
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text))
      return Temporal.PlainDate.from(text).toZonedDateTime(zone).toInstant().toString();
    if (/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?$/.test(text))
      return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).toInstant().toString();
    return Temporal.Instant.from(text).toString();
  } catch {
    return null;
  }
}
