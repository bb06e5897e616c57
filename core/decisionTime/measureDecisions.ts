import type { StudyInput, StudyStep } from '#core/study/study'
import { crossover } from './crossover.ts'
import { deciderIds, deciders, type DeciderId } from './deciders.ts'
import { sizesUpTo, type DecisionTimeSpec } from './decisionTime.ts'
import type { DecisionTimeReport } from './decisionTimeReport.ts'
import { growthExponent } from './growthExponent.ts'
import { leastTime } from './leastTime.ts'

/** Milliseconds for each size of each way. */
const budget = 300

type Times = Readonly<Partial<Record<DeciderId, readonly (number | null)[]>>>

/**
 * Times every way of deciding, one after the other, smallest catalogue first.
 * @throws RangeError if the job has no clock
 */
export async function* measureDecisions({
  spec,
  machine,
  checkpoint,
}: StudyInput<DecisionTimeSpec>): AsyncGenerator<StudyStep<DecisionTimeReport>> {
  if (!machine) throw new RangeError('decision times need the clock of a machine')
  const sizes = sizesUpTo(spec.most)
  let times = (checkpoint as Times | null) ?? {}
  const total = deciderIds.length
  for (const [done, id] of deciderIds.entries()) {
    if (times[id]) continue
    const micros: (number | null)[] = []
    for (const [i, items] of sizes.entries()) {
      // a way may take long to prepare: a cancel comes in before it
      yield await Promise.resolve({ type: 'progress', stage: id, share: i / sizes.length })
      const way = deciders[id]
      const { now } = machine
      micros.push(items > way.most ? null : leastTime(way.prepare(items), { now, budget }))
    }
    times = { ...times, [id]: micros }
    const kept = times
    yield {
      type: 'point',
      done: done + 1,
      total,
      report: () => reportOf(machine.words, sizes, kept),
      checkpoint: () => kept,
    }
  }
  yield { type: 'finished', report: reportOf(machine.words, sizes, times) }
}

function reportOf(machine: string, sizes: readonly number[], times: Times): DecisionTimeReport {
  const scan = times.softmaxScan ?? []
  return {
    machine,
    sizes,
    ways: deciderIds.flatMap((id) => {
      const micros = times[id]
      if (!micros) return []
      const points = sizes.flatMap((size, i) => {
        const time = micros[i] ?? null
        return time === null ? [] : [[size, time] as const]
      })
      return [
        {
          id,
          micros,
          exponent: growthExponent(points),
          theory: deciders[id].theory,
          faster: id === 'softmaxScan' ? null : crossover(sizes, micros, scan),
        },
      ]
    }),
  }
}
