import { readFile, stat } from 'node:fs/promises'
import { readBundle } from '#core/bundle/bundle'
import {
  isReportBundle,
  readReportBundle,
  readSnapshot,
  type ReportBundle,
  type Snapshot,
} from '#core/bundle/reportBundle'
import type { ReportId, RunId } from '#core/contract/ids'
import { RpcError } from '#core/rpc/rpcError'
import type { ApiContext } from './api.ts'
import { runFingerprint } from './sourceState.ts'

/** A bundle is a run's points and updates: far less than this. */
const MOST_BYTES = 256 << 20

/** What a bundle has become in the workspace. */
type Opened = { readonly run: RunId } | { readonly report: ReportId }

/**
 * Takes the run or the report of an uploaded bundle into the workspace, with the numbers it was
 * written with.
 * @throws RpcError `BAD_INPUT` saying what is wrong with the bundle
 */
export async function openBundle(context: ApiContext, upload: string): Promise<Opened> {
  const { store, uploads, now } = context
  const at = new Date(now()).toISOString()
  const { path, name } = await uploads.complete(upload)
  try {
    if ((await stat(path)).size > MOST_BYTES)
      throw new RangeError('the file is larger than 256 MiB')
    const bytes = new Uint8Array(await readFile(path))
    return isReportBundle(bytes)
      ? { report: adoptReport(context, readReportBundle(bytes), at) }
      : { run: store.adopt(readBundle(bytes), at) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RpcError('BAD_INPUT', `${name}: ${error.message}`)
  } finally {
    await uploads.remove(upload)
  }
}

/** A report with its snapshots. Its runs come with it, unless the workspace has them already. */
function adoptReport(
  { store, events }: ApiContext,
  { content, snapshots }: ReportBundle,
  at: string,
): ReportId {
  const runOf = (snapshot: Snapshot): RunId | null => {
    if (snapshot.kind === 'study') return null
    const bundle = readBundle(snapshot.bytes)
    const { specHash, seed, summary } = bundle.run
    const same = store.runs
      .list()
      .find((row) => row.seed === seed && row.summary?.digest === summary?.digest)
    if (same && store.runs.get(same.id)?.specHash === specHash) return same.id
    const run = store.adopt(bundle, at)
    events.run.emit(run)
    return run
  }
  const sources = content.sources.map((source) => ({
    ...source,
    id: runOf(snapshots[source.key]!),
  }))
  const report = store.reports.create({ ...content, sources }, at)
  for (const { key, kind, id } of sources) {
    const snapshot = snapshots[key]!
    const data = readSnapshot(snapshot)
    const name = data.kind === 'run' ? data.run.name : data.study.name
    const here = id === null ? undefined : store.runs.get(id)
    const fingerprint = here ? runFingerprint(here) : ''
    store.reports.quote(report, { key, kind, name, fingerprint, takenAt: at }, snapshot.bytes)
  }
  return report
}
