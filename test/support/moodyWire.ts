import type { ClientMessage, ServerMessage } from '#core/rpc/message'
import type { Wire } from '#core/rpc/wire'

/** What becomes of a question of the page. */
export type Mood = 'answer' | 'fail'

/** How a question fails that fails. */
export const complaint = 'the disk does not answer'

/**
 * The host's end of a wire, on which questions can be made to wait and to fail.
 * @param mood asked for each question by its name; a promise holds the question until it settles
 */
export function moodyWire(wire: Wire, mood: (name: string) => Mood | Promise<Mood>): Wire {
  return {
    ...wire,
    onMessage: (listener) =>
      wire.onMessage((raw) => {
        const message = raw as ClientMessage
        const now = message.type === 'request' ? mood(message.name) : 'answer'
        const act = (decided: Mood) => {
          if (decided === 'answer') {
            listener(raw)
            return
          }
          const error = { code: 'INTERNAL', message: complaint, fields: [] }
          wire.send({ ...error, type: 'error', id: message.id } satisfies ServerMessage)
        }
        if (now === 'answer' || now === 'fail') act(now)
        else void now.then(act)
      }),
  }
}
