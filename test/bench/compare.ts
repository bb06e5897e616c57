import { join } from 'node:path'
import { writeArrays } from './arrays.ts'
import type { BenchRow, FigureRow, PreparedRow } from './benchRow.ts'
import { calibrate, sample, spread, type Sample, type Spread } from './measure.ts'
import type { Peer } from './peer.ts'

/** One row of the report; times in milliseconds per run. */
export interface RowResult {
  readonly id: string
  readonly what: string
  readonly peer: string
  readonly unit: 'ms'
  readonly own: Spread | null
  readonly ownCpu: Spread | null
  readonly peerTime: Spread | null
  readonly peerCpu: Spread | null
  readonly ratioMin: number | null
  readonly ratioMedian: number | null
  readonly target: number
  readonly stretch: number | null
  readonly status: 'pass' | 'miss' | 'skip' | 'wrong'
  readonly note: string
}

/** Many, as a core that another guest of the machine shares is slow for seconds on end. */
const ROUNDS = 15
/** Seconds that a sample lasts at least. */
const SAMPLE = 0.05

/** Measures own, peer, own, peer …; a missed target is measured once more before it counts. */
export async function compare(row: BenchRow, peer: Peer, folder: string): Promise<RowResult> {
  const first = await measureRow(row, peer, join(folder, row.id))
  return first.status === 'miss' ? measureRow(row, peer, join(folder, row.id)) : first
}

/** Measures a figure in rounds after a warm-up; a missed target is measured once more. */
export async function figure(row: FigureRow): Promise<RowResult> {
  const first = await measureFigure(row)
  return first.status === 'miss' && !row.once ? measureFigure(row) : first
}

async function measureFigure(row: FigureRow): Promise<RowResult> {
  const prepared = await row.prepare()
  try {
    if (!row.once) await prepared.measure()
    const own: number[] = []
    const reference: number[] = []
    for (let round = 0; round < row.rounds; round++) {
      const pair = await prepared.measure()
      own.push(pair.own)
      reference.push(pair.reference)
    }
    const [left, right] = [spread(own), spread(reference)]
    const ratioMedian = left.median / right.median
    const { id, what, target } = row
    return {
      ...{ id, what, target, peer: row.reference, unit: 'ms', stretch: null },
      note: prepared.note?.() ?? '',
      ...{ own: left, ownCpu: null, peerTime: right, peerCpu: null },
      ratioMin: left.min / right.min,
      ratioMedian,
      status: ratioMedian <= target ? 'pass' : 'miss',
    }
  } finally {
    await prepared.dispose()
  }
}

export function skipped(row: BenchRow, note: string): RowResult {
  const none = { own: null, ownCpu: null, peerTime: null, peerCpu: null }
  return { ...describe(row), ...none, ratioMin: null, ratioMedian: null, status: 'skip', note }
}

function describe(
  row: BenchRow,
): Pick<RowResult, 'id' | 'what' | 'peer' | 'unit' | 'target' | 'stretch'> {
  const { id, what, peer, target, stretch } = row
  return { id, what, peer, unit: 'ms', target, stretch }
}

async function measureRow(row: BenchRow, peer: Peer, folder: string): Promise<RowResult> {
  const prepared = await row.prepare()
  try {
    const { name, sizes } = prepared.work
    const theirs = await peer.load(name, sizes, writeArrays(folder, prepared.inputs))
    const difference = await largestDifference(prepared, theirs)
    const [own, other] = await alternate(prepared, peer)
    const time = (samples: readonly Sample[], kind: keyof Sample): Spread =>
      spread(samples.map((taken) => taken[kind] * 1000))
    const [ownWall, peerWall] = [time(own, 'wall'), time(other, 'wall')]
    const [ownCpu, peerCpu] = [time(own, 'cpu'), time(other, 'cpu')]
    const [left, right] = row.clock === 'cpu' ? [ownCpu, peerCpu] : [ownWall, peerWall]
    const ratioMin = left.min / right.min
    const wrong = !(difference <= prepared.tolerance)
    return {
      ...describe(row),
      own: ownWall,
      ownCpu,
      peerTime: peerWall,
      peerCpu,
      ratioMin,
      ratioMedian: left.median / right.median,
      status: wrong ? 'wrong' : ratioMin <= row.target ? 'pass' : 'miss',
      note: wrong ? `results differ from the peer's by ${difference.toExponential(1)}` : '',
    }
  } finally {
    await prepared.dispose()
  }
}

async function alternate(prepared: PreparedRow, peer: Peer): Promise<[Sample[], Sample[]]> {
  const ownTime = (runs: number): Promise<Sample> => sample(() => prepared.run(), runs)
  const peerTime = (runs: number): Promise<Sample> => peer.time(runs)
  const ownRuns = await calibrate(ownTime, SAMPLE)
  const peerRuns = await calibrate(peerTime, SAMPLE)
  const own: Sample[] = []
  const other: Sample[] = []
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await ownTime(ownRuns))
    other.push(await peerTime(peerRuns))
  }
  return [own, other]
}

/** Relative to the largest number; infinite when the counts differ. */
async function largestDifference(
  prepared: PreparedRow,
  theirs: readonly number[],
): Promise<number> {
  const ours = await prepared.check()
  if (ours.length !== theirs.length || ours.length === 0) return Infinity
  const scale = Math.max(...theirs.map(Math.abs)) || 1
  return Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!))) / scale
}
