/** One field of an input that was refused. */
export interface FieldError {
  /** Keys from the root of the input, joined by dots: `spec.arms.0.id`; empty for the input itself. */
  readonly path: string
  readonly message: string
}

/**
 * The one error that crosses a wire.
 *
 * Codes of the transport: `NOT_FOUND` no such call or stream · `BAD_INPUT` refused by its schema,
 * with `fields` · `CLOSED` the wire ended first · `CANCELLED` the caller aborted · `INTERNAL` the
 * handler threw something else. A handler throws any other code of its own, such as `SPEC_LOCKED`.
 */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: string
  readonly fields: readonly FieldError[]

  constructor(code: string, message: string, fields: readonly FieldError[] = []) {
    super(message)
    this.code = code
    this.fields = fields
  }
}
