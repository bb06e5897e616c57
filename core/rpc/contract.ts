import type { z } from 'zod'

/** One question, one answer. */
export interface CallDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  readonly kind: 'call'
  readonly input: Input
  readonly output: Output
}

/** One question, many answers until either side ends it. */
export interface StreamDefinition<Input extends z.ZodType, Item extends z.ZodType> {
  readonly kind: 'stream'
  readonly input: Input
  readonly item: Item
}

type Definition = CallDefinition<z.ZodType, z.ZodType> | StreamDefinition<z.ZodType, z.ZodType>

/** Everything that may cross one border between two processes, by name. */
export type Contract = Readonly<Record<string, Definition>>

export type CallName<C extends Contract> = {
  [K in keyof C & string]: C[K]['kind'] extends 'call' ? K : never
}[keyof C & string]

export type StreamName<C extends Contract> = {
  [K in keyof C & string]: C[K]['kind'] extends 'stream' ? K : never
}[keyof C & string]

/** What a client writes: defaults may be left out. */
export type InputOf<D> = D extends { readonly input: infer I extends z.ZodType }
  ? z.input<I>
  : never

/** What a handler gets: checked, defaults filled in. */
export type ParsedInputOf<D> = D extends { readonly input: infer I extends z.ZodType }
  ? z.output<I>
  : never

export type OutputOf<D> = D extends { readonly output: infer O extends z.ZodType }
  ? z.output<O>
  : never

export type ItemOf<D> = D extends { readonly item: infer T extends z.ZodType } ? z.output<T> : never

/** A definition for `contract`: `'runs.start': call(RunSpec, RunId)`. */
export function call<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): CallDefinition<Input, Output> {
  return { kind: 'call', input, output }
}

/** A definition for `contract`: `'runs.watch': stream(z.object({ run: RunId }), CurveBatch)`. */
export function stream<Input extends z.ZodType, Item extends z.ZodType>(
  input: Input,
  item: Item,
): StreamDefinition<Input, Item> {
  return { kind: 'stream', input, item }
}
