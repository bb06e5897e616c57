import type { StateGroup } from '#core/environment/features'
import type { PastRequest } from './greedyMf.ts'
import type { Asked } from './serving.ts'

/** What is stored of a user up to a checkpoint. */
export interface UserPast {
  readonly user: number
  readonly requests: readonly PastRequest[]
  /** Simulated time of the run's last request, for when nobody comes any more. */
  readonly seconds: number
}

/** What a user would be shown who asked at a checkpoint. */
export interface UserNow extends Asked {
  readonly user: number
  readonly impressions: number // that the run had served
  readonly seconds: number // simulated time of the request
  readonly features: readonly StateGroup[] // the columns of `state`, in order
}
