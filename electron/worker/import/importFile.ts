import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { planProblems, type ImportPlan } from '#core/dataset/importPlan'
import { mapColumns } from '#core/dataset/mapColumns'
import { recognise, recognisers } from '#core/dataset/recognise/index'
import type {
  ImportEvent,
  ImportJob,
  ImportReport,
  InspectJob,
  Inspection,
} from '#core/jobContract'
import type { Cancel } from '#core/rpc/cancel'
import type { Recogniser } from '#core/dataset/recognise/recogniser'
import type { EventFile } from '#db/duck/events'
import { isLogPlan, type Companion } from '#db/duck/importLog'
import { NoDuck } from '#db/duck/session'
import { badFile } from '../../plainFile.ts'
import { importLog } from './importLog.ts'
import { importRatings } from './importRatings.ts'
import type { InputFile } from './inputFile.ts'
import { plainText } from './plainText.ts'
import { ratingsText } from './ratingsText.ts'
import { noDuck, sniffFile } from './sniffFile.ts'
import { whileRunning } from './whileRunning.ts'

/** What the head of a file shows, and who knows it. @throws RpcError `BAD_FILE` */
export async function inspectFile({ file, work }: InspectJob): Promise<Inspection> {
  await mkdir(work)
  try {
    const { sniffed } = await sniffFile(file, work)
    const recognised = recognise(sniffed)
    const companions = recognised ? recognisers[recognised.id].companions(file.name) : []
    return { ...sniffed, recognised, companions }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/**
 * Imports a file of any kind as the plan says, or as its head does.
 * @throws RpcError `BAD_FILE` that names the row, or what is missing
 */
export async function* importFile(job: ImportJob, cancel: Cancel): AsyncGenerator<ImportEvent> {
  const stopped = () => cancel.aborted
  const { work } = job
  await mkdir(work)
  try {
    const { input, sniffed } = await sniffFile(job.file, work)
    if (stopped()) return
    const known = recognise(sniffed)
    const plan = planOf(job, sniffed.columns) ?? known?.plan
    if (!plan) {
      const names = sniffed.columns.slice(0, 12).map((name) => `"${name}"`)
      throw badFile(
        `${input.name} is of no known format: say what its columns are (${names.join(', ')})`,
      )
    }
    const problems =
      sniffed.format.id === 'libsvm' && !job.plan ? [] : problemsOf(job, plan, sniffed.columns)
    if (problems.length > 0) throw badFile(`${input.name}: ${problems.join('; ')}`)
    const source: ImportReport['source'] = known && isSame(known.plan, plan) ? known.id : 'mapped'
    const seen = { source, columns: sniffed.columns }

    // a plain text of ratings needs nothing else than its own reader, which decodes by itself
    const isText = sniffed.format.id === 'delimited'
    if (plan.kind === 'ratings' && isText && source !== 'mapped' && input.packing === null) {
      yield* importRatings(job, input.path, seen, cancel)
      return
    }
    const path = sniffed.format.id === 'parquet' ? input.path : yield* textOf(input, work, cancel)
    if (stopped()) return
    if (isLogPlan(plan)) {
      const companion = await companionOf(job, known?.id ?? null, work)
      const events = yield* eventsOf(job, work, cancel)
      const log = { file: path, sniffed, plan, companion, events, now: job.now }
      yield* importLog(job, log, seen, work, cancel)
    } else if (isText && source !== 'mapped') {
      yield* importRatings(job, path, seen, cancel)
    } else {
      const text = yield* whileRunning(ratingsText(path, sniffed, plan, work, cancel), () =>
        reading(0.1),
      )
      yield* importRatings(job, text, seen, cancel)
    }
  } catch (error) {
    if (stopped()) return
    if (error instanceof NoDuck) throw noDuck(job.file.name, error)
    throw error
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

const reading = (share: number) => ({ type: 'progress', stage: 'reading', share, rows: 0 }) as const

async function* textOf(
  input: InputFile,
  work: string,
  cancel: Cancel,
): AsyncGenerator<ImportEvent, string> {
  const stop = new AbortController()
  const off = cancel.onAbort(() => stop.abort())
  let done = 0
  try {
    const text = plainText(input, work, (bytes) => (done = bytes), stop.signal)
    return yield* whileRunning(text, () => reading((0.1 * done) / Math.max(1, input.bytes)))
  } finally {
    off()
  }
}

/** With a table of events the log's own clicks do not count. */
function planOf({ plan, events }: ImportJob, columns: readonly string[]): ImportPlan | null {
  if (!events) return plan
  const asked = plan ?? mapColumns('interleaving', columns)
  const ofEvents = new Set(['click', 'dwell', 'orders', 'clickTime'])
  return { ...asked, columns: asked.columns.filter(({ field }) => !ofEvents.has(field)) }
}

async function* eventsOf(
  { events }: ImportJob,
  work: string,
  cancel: Cancel,
): AsyncGenerator<ImportEvent, EventFile | null> {
  if (!events) return null
  const own = join(work, 'events')
  await mkdir(own)
  const { input, sniffed } = await sniffFile(events.file, own)
  const file = sniffed.format.id === 'parquet' ? input.path : yield* textOf(input, own, cancel)
  return { file, sniffed, window: events.window }
}

function problemsOf(
  { events }: ImportJob,
  plan: ImportPlan,
  columns: readonly string[],
): readonly string[] {
  if (events && plan.kind !== 'interleaving') {
    return [`a table of events belongs to an interleaving log, not to ${plan.kind}`]
  }
  const unknown = plan.columns.filter(({ column }) => !columns.includes(column))
  return [
    ...unknown.map(
      ({ column }) =>
        `there is no column "${column}"; there are ${columns
          .slice(0, 20)
          .map((name) => `"${name}"`)
          .join(', ')}`,
    ),
    ...planProblems(plan, events !== null),
  ]
}

const isSame = (a: ImportPlan, b: ImportPlan): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The first file sent along that the recogniser expects. */
async function companionOf(
  job: ImportJob,
  known: keyof typeof recognisers | null,
  work: string,
): Promise<Companion | null> {
  if (known === null) return null
  const recogniser: Recogniser = recognisers[known]
  const names = recogniser.companions(job.file.name)
  const sent = job.companions.find(({ name }) => names.includes(name))
  if (!sent) return null
  const format = recogniser.companionFormat ?? null
  if (format?.id === 'libsvm') {
    return { file: sent.path, sniffed: { format, columns: ['line'], rows: [] } }
  }
  const { input, sniffed } = await sniffFile(sent, work, format)
  if (input.packing !== null) throw badFile(`${sent.name} is packed: unpack it`)
  return { file: sent.path, sniffed }
}
