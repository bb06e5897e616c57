/**
 * The only thing an ipc channel, a socket, a process channel and a test pair must offer.
 *
 * Messages arrive whole, once and in order. They are plain values, typed arrays among them; every
 * wire may drop a property whose value is undefined and turn -0 into 0.
 */
export interface Wire {
  /**
   * Does nothing once the wire is closed.
   * @throws when the message holds what the carrier can not copy, such as a function
   */
  send(message: unknown): void
  /** @returns its disposer */
  onMessage(listener: (message: unknown) => void): () => void
  /** Called once; at once when the wire is closed already. @returns its disposer */
  onClose(listener: () => void): () => void
  /**
   * For a carrier that buffers what its peer does not read: settles when there is room again, or
   * when the wire is closed. Streams wait for it between batches.
   */
  drained?(): Promise<void>
}
