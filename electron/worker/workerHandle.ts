import type { Wire } from '#core/rpc/wire'

/** One job process: a utility process, a forked Node, or in tests a pair inside this process. */
export interface WorkerHandle {
  /** Speaks `jobContract`. */
  readonly wire: Wire
  /** Settles once, when the process is gone; never rejects: a crash is a result to show. */
  readonly ended: Promise<WorkerEnd>
  /** Ends it at once, whatever it is doing. */
  kill(): void
}

export type WorkerEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'killed' }
  | { readonly kind: 'crashed'; readonly code: number | null; readonly signal: string | null }

export type WorkerFactory = () => WorkerHandle
