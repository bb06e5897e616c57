import type { RunId, StudyId } from '#core/contract/ids'
import { listeners, type Listeners } from '#core/rpc/listeners'

/**
 * What has changed, told after it is stored. Listeners look up the rest when they can send it, so
 * nothing piles up for a slow one.
 */
export interface HostEvents {
  readonly run: Listeners<RunId>
  readonly runDeleted: Listeners<RunId>
  readonly datasets: Listeners<undefined>
  /** One study has news; and its state, or the list of them or of their models, has changed. */
  readonly study: Listeners<StudyId>
  readonly studies: Listeners<undefined>
  /** Reports that people write. */
  readonly reports: Listeners<undefined>
  readonly settings: Listeners<undefined>
  /** Jobs, their progress, or the compute backend. */
  readonly status: Listeners<undefined>
}

export const hostEvents = (): HostEvents => ({
  run: listeners(),
  runDeleted: listeners(),
  datasets: listeners(),
  study: listeners(),
  studies: listeners(),
  reports: listeners(),
  settings: listeners(),
  status: listeners(),
})
