import { expect, it } from 'vitest'
import { impressionDetail } from '#electron/impressionDetail'
import { contestSpec } from '../../support/contestSpec.ts'
import { runToEnd } from '../../support/runToEnd.ts'
import { wasmOps } from '../../support/tensors.ts'

it.each(['teamDraft', 'probabilistic'] as const)(
  'every stored list of %s is drawn again from the seed alone',
  async (kind) => {
    const spec = contestSpec('duel', ['factors', 'random'], 20, { interleaver: { kind } })
    const { batches } = await runToEnd(await wasmOps(), spec, { seed: 11 })
    let voted = 0
    for (const { chunk } of batches) {
      for (let i = chunk.from; i < chunk.from + chunk.count; i++) {
        const { replay, outcome } = impressionDetail(chunk, i, { spec, seed: 11 })
        expect({ i, matches: replay?.matches }).toEqual({ i, matches: true })
        if (kind === 'teamDraft' && outcome === 'a')
          expect(replay!.creditA).toBeGreaterThan(replay!.creditB)
        if (outcome === 'a' || outcome === 'b') voted++
      }
    }
    expect(voted).toBeGreaterThan(5)
    // another seed would have shown other lists
    const { chunk } = batches[0]!
    const others = Array.from(
      { length: chunk.count },
      (_, i) => impressionDetail(chunk, chunk.from + i, { spec, seed: 12 }).replay!.matches,
    )
    expect(others).toContain(false)
  },
)
