import { z } from 'zod'

/** Ids are counted up by the client; one id is one call or stream for the life of the wire. */
const id = z.int().min(0)

/** A wire may leave out what is undefined. */
const anything = z.unknown().optional()

/** Items that a client may let be under way; more would only move the buffer into the client. */
const MAX_WINDOW = 4096

/** From client to server. `ack` hands back credit for `count` items that the reader has taken. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    id,
    name: z.string(),
    input: anything,
    window: z.int().min(1).max(MAX_WINDOW).optional(),
  }),
  z.object({ type: z.literal('ack'), id, count: z.int().min(1).max(MAX_WINDOW) }),
  z.object({ type: z.literal('cancel'), id }),
])
export type ClientMessage = z.infer<typeof ClientMessage>

/** From server to client: `result` once for a call, `batch`es and then `end` for a stream. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id, value: anything }),
  z.object({ type: z.literal('batch'), id, items: z.array(z.unknown()) }),
  z.object({ type: z.literal('end'), id }),
  z.object({
    type: z.literal('error'),
    id,
    code: z.string(),
    message: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
])
export type ServerMessage = z.infer<typeof ServerMessage>
