import type { StreamFactory } from '#core/random/philox'

/**
 * Hashes users to arms with equal shares: a user's arm depends on the seed and the user alone, not on
 * when he comes or who else does.
 *
 * @returns the arm of each user, [users]
 */
export function armAssignment(users: number, arms: number, stream: StreamFactory): Uint8Array {
  return Uint8Array.from({ length: users }, (_, user) => stream('arm', user).int(arms))
}
