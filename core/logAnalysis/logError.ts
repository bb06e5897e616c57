/** A plan and a log that do not fit each other; `field` is the field of the plan to change. */
export class LogError extends Error {
  readonly field: string

  constructor(field: string, message: string) {
    super(`${field}: ${message}`)
    this.name = 'LogError'
    this.field = field
  }
}
