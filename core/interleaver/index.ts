import { balanced } from './balanced.ts'
import { configure, type ConfiguredInterleaver } from './configure.ts'
import { debiasedBalanced } from './debiasedBalanced.ts'
import type { Interleaver } from './interleaver.ts'
import { optimized } from './optimized.ts'
import { pairwisePreference } from './pairwisePreference.ts'
import { probabilistic } from './probabilistic.ts'
import { sampleOnlyScored } from './sampleOnlyScored.ts'
import { teamDraft } from './teamDraft.ts'

export const interleavers = {
  balanced,
  debiasedBalanced,
  teamDraft,
  probabilistic,
  optimized,
  pairwisePreference,
  sampleOnlyScored,
} satisfies Record<string, Interleaver<unknown>>

export type InterleaverId = keyof typeof interleavers

/** A registered method with its parameters checked, defaults filled in, and fixed. */
export function configuredInterleaver(
  id: InterleaverId,
  params: unknown = {},
): ConfiguredInterleaver {
  return configure<unknown>(interleavers[id], params)
}
