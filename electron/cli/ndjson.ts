/** One line of JSON; what is no number is null. */
export function ndjson(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
