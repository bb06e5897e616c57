import type { FoldJob } from '#core/jobContract'
import { BreakdownFold } from '#core/run/breakdown'
import { unpackChunk } from '#db/packChunk'

/** Runs whose users stay in memory; looking from one run to another must not begin again each time. */
const KEPT = 3

/** What the impressions of a run say, of which the host sends the stored bytes. */
export function foldJobs() {
  const folds = new Map<number, BreakdownFold>()

  function foldOf(run: number): BreakdownFold {
    const fold = folds.get(run)
    if (!fold) throw new RangeError(`no impression of run ${run} has been sent yet`)
    return fold
  }

  return {
    'job.fold'({ run, spec, packed }: FoldJob): number {
      const fold = folds.get(run) ?? new BreakdownFold(spec)
      folds.delete(run) // and to the end: the one that waited longest goes first
      folds.set(run, fold)
      for (const bytes of packed) fold.add(unpackChunk(bytes))
      for (const other of [...folds.keys()].slice(0, -KEPT)) folds.delete(other)
      return fold.next
    },
    'job.places': ({ run }: { readonly run: number }) => foldOf(run).places(),
    'job.breakdown': ({ run }: { readonly run: number }) => foldOf(run).result(),
    'job.range': ({
      run,
      from,
      to,
    }: {
      readonly run: number
      readonly from: number
      readonly to: number
    }) => foldOf(run).range([from, to]),
  }
}
