import { z } from 'zod'
import type { contract } from '#core/contract'
import type { AppInfo } from '#core/contract/app'
import type { RunId } from '#core/contract/ids'
import { ExperimentSpec } from '#core/experimentSpec'
import type { Clock } from '#core/rpc/clock'
import { headerSignature } from '#core/dataset/mapColumns'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import { planNeeds } from '#core/planNeeds'
import { samples } from '#core/samples/index'
import { overall } from '#core/samples/questions/expectation'
import { questions, type QuestionId } from '#core/samples/questions/index'
import { played } from '#core/samples/questions/played'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'
import type { Analyst } from './analyst.ts'
import { badSpec } from './badSpec.ts'
import { checkedSpec, enrolled } from './checkedSpec.ts'
import { checkpointOf } from './checkpointOf.ts'
import type { DatasetFolder } from './datasetFolder.ts'
import type { HostEvents } from './hostEvents.ts'
import { findImpression } from './findImpression.ts'
import { impressionDetail } from './impressionDetail.ts'
import { markCalls } from './markCalls.ts'
import { importDataset } from './importDataset.ts'
import type { JobQueue } from './jobQueue.ts'
import { learnCalls } from './learnCalls.ts'
import { modelCalls } from './modelCalls.ts'
import { openBundle } from './openBundle.ts'
import { isGenerated } from '#core/environment/isGenerated'
import { canPreview } from '#core/preview/smallSpec'
import { modelsOf } from './modelsOf.ts'
import type { SideWorker } from './sideWorker.ts'
import type { Print } from './print/printPage.ts'
import { reportCalls } from './reportCalls.ts'
import { runDetail } from './runDataOf.ts'
import { studyCalls } from './studyCalls.ts'
import { treeCalls } from './treeCalls.ts'
import type { Uploads } from './uploads.ts'
import { runUser, userPast } from './runUser.ts'
import { runLogPieces } from './runLogPieces.ts'
import { watchHost } from './watchHost.ts'
import { watchRun } from './watchRun.ts'

/** What the handlers of one client work with. */
export interface ApiContext {
  readonly store: Store
  readonly queue: JobQueue
  readonly side: SideWorker
  readonly analyst: Analyst
  readonly events: HostEvents
  readonly clock: Clock
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly folder: DatasetFolder
  readonly uploads: Uploads
  readonly info: () => AppInfo
  readonly print: Print
  /** Removes the rows of deleted runs, a few at a time. */
  readonly purge: () => void
}

/** The handlers of the contract for one client. */
export function createApi(context: ApiContext): Handlers<typeof contract> {
  const { store, queue, events, uploads } = context
  const at = () => new Date(context.now()).toISOString()
  const record = (action: string, subject: string, detail = '') =>
    store.audit.add({ at: at(), action, subject, detail })
  const shelf = () => ({ datasets: store.datasets.list(), models: store.models.list() })
  const runnable = (raw: unknown) => {
    const checked = checkedSpec(raw, shelf())
    if (!checked.spec) throw badSpec(checked.issues)
    return checked
  }

  return {
    'app.info': () => context.info(),
    'app.events': (_, cancel) => watchHost(cancel, context),
    'settings.get': () => store.settings.get(),
    'settings.set': (change) => {
      const result = store.settings.set(change)
      record('settings.set', 'settings', JSON.stringify(change))
      events.settings.emit(undefined)
      queue.runs.pump()
      return result
    },
    'jobs.cancel': ({ job }) => {
      queue.cancelImport(job)
      return null
    },
    'audit.list': ({ limit, subject }) => [...store.audit.list(limit, subject)],

    'samples.list': () =>
      Object.entries(samples).map(([id, { spec, seed }]) => ({ id, spec, seed })),
    'questions.list': () =>
      (Object.keys(questions) as QuestionId[]).map((id) => {
        const { seeds, parts } = played[id]
        return { id, ...questions[id], played: { seeds, parts, judgement: overall(parts) } }
      }),
    'spec.schema': () => specSchema(),
    'spec.check': ({ spec: raw }) => {
      const checked = checkedSpec(raw, shelf())
      if (!checked.spec) {
        return { spec: null, issues: [...checked.issues], total: null, users: null, needs: null }
      }
      const { spec, total, users } = checked
      return { spec, issues: [], total, users, needs: planNeeds(enrolled(checked)) }
    },
    'spec.preview': async ({ spec: raw }, cancel) => {
      const checked = checkedSpec(raw, shelf())
      if (!checked.spec) return { preview: null, reason: 'invalid' }
      const { dataset } = checked
      const spec = enrolled(checked)
      if (!canPreview(spec.environment)) return { preview: null, reason: 'logged' }
      const file = dataset && context.folder.file(dataset.name, dataset.hash)
      const models = modelsOf(spec.rankers, store.models)
      const job = { spec, dataset: file, models }
      return { preview: await context.side.preview(job, cancel), reason: null }
    },

    'worlds.sample': ({ spec: raw }, cancel) => {
      const { spec } = checkedSpec(raw, shelf())
      return spec && isGenerated(spec.environment) ? context.side.sample(spec, cancel) : null
    },
    'worlds.signs': ({ spec: raw }, cancel) => {
      const { spec } = checkedSpec(raw, shelf())
      return spec && isGenerated(spec.environment) ? context.side.signs(spec, cancel) : null
    },

    ...learnCalls(),

    'runs.start': ({ spec: raw, seed, parent }) => {
      const { spec, dataset, total } = runnable(raw)
      const run = startRun(store, spec, parent, { seed, total, dataset, at: at() })
      record('run.start', `run ${run}`, `${spec.name}, seed ${seed}`)
      queue.runs.add(run)
      return run
    },
    'runs.list': () => [...store.runs.list()],
    'runs.get': ({ run }) => runDetail(existing(store, run)),
    'runs.pause': ({ run }) => {
      queue.runs.pause(run)
      return null
    },
    'runs.resume': ({ run }) => {
      queue.runs.resume(run)
      return null
    },
    'runs.cancel': ({ run }) => {
      queue.runs.cancel(run)
      return null
    },
    'runs.kill': ({ run }) => {
      queue.runs.kill(run)
      return null
    },
    'runs.delete': ({ run }) => {
      const { name } = existing(store, run)
      if (queue.runs.isBusyWith(run)) {
        throw new RpcError('WRONG_STATE', 'the run is still going; stop it first')
      }
      store.runs.hide(run)
      record('run.delete', `run ${run}`, name)
      events.runDeleted.emit(run)
      context.purge()
      return null
    },
    'runs.log': ({ run }) => runLogPieces(existing(store, run), store),
    'runs.watch': ({ run, afterStep }, cancel) => watchRun(run, afterStep, cancel, context),
    'runs.impression': ({ run, index }) => {
      const stored = existing(store, run)
      const count = stored.done
      const chunk = store.impressions.chunkOf(run, index)
      if (chunk) return impressionDetail(chunk, index, stored)
      throw new RpcError('NOT_FOUND', `run ${run} has ${count} impressions, none numbered ${index}`)
    },

    'runs.find': (asked, cancel) => {
      existing(store, asked.run)
      return findImpression(asked, store, cancel)
    },
    'runs.breakdown': ({ run }, cancel) => context.analyst.breakdown(existing(store, run), cancel),
    'runs.range': ({ run, from, to }) => context.analyst.range(existing(store, run), [from, to]),
    'runs.places': ({ run }) => context.analyst.places(existing(store, run)),
    'runs.user': async ({ run, user }) => {
      const found = await runUser(existing(store, run), user, store)
      if (found.requests.length > 0) return found
      throw new RpcError('NOT_FOUND', `run ${run} has no stored impression of user ${user}`)
    },
    'runs.userNow': async ({ run, user }) => {
      const { stored, job } = checkpointOf(context, run)
      const past = await userPast(stored, user, job.checkpoint.done, store)
      return queue.askUser({ ...job, past })
    },
    'runs.networks': ({ run, afterStep }) => {
      existing(store, run)
      return [...store.networks.moments(run, afterStep)]
    },
    'runs.network': ({ run, step }) => {
      const record = store.networks.get(run, step)
      if (record) return record
      throw new RpcError('NOT_FOUND', `run ${run} has no record of its networks at step ${step}`)
    },

    ...studyCalls(context, record),
    ...markCalls(context, record),
    ...modelCalls(context, record),
    ...treeCalls(context),
    ...reportCalls(context, record),

    'bundles.open': async ({ upload }) => {
      const opened = await openBundle(context, upload)
      if ('run' in opened) {
        record('bundle.open', `run ${opened.run}`, existing(store, opened.run).name)
        events.run.emit(opened.run)
      } else {
        record('bundle.open', `report ${opened.report}`)
        events.reports.emit(undefined)
      }
      return opened
    },

    'datasets.list': () => [...store.datasets.list()],
    'datasets.get': ({ name }) => {
      const stored = store.datasets.detail(name)
      if (!stored) throw new RpcError('NOT_FOUND', `there is no dataset "${name}"`)
      return { ...stored, uses: store.datasetUses(name) }
    },
    'datasets.setNote': ({ name, note }) => {
      if (!store.datasets.setNote(name, note)) {
        throw new RpcError('NOT_FOUND', `there is no dataset "${name}"`)
      }
      record('dataset.note', name)
      return null
    },
    'datasets.delete': async ({ name }) => {
      const dataset = store.datasets.get(name)
      if (!dataset) throw new RpcError('NOT_FOUND', `there is no dataset "${name}"`)
      const waiting = store.datasetUses(name).filter(({ needsIt }) => needsIt)
      if (waiting.length > 0) {
        const names = waiting.map((use) => `${use.kind} ${use.id} "${use.name}"`).join(', ')
        throw new RpcError(
          'WRONG_STATE',
          `"${name}" is still needed by ${names}; finish or delete that first`,
        )
      }
      store.datasets.remove(name)
      record('dataset.delete', name)
      events.datasets.emit(undefined)
      await context.folder.release(dataset)
      return null
    },
    'uploads.begin': ({ fileName }) => uploads.begin(fileName),
    'uploads.append': async ({ upload, bytes }) => {
      await uploads.append(upload, bytes)
      return null
    },
    'uploads.abort': async ({ upload }) => {
      await uploads.remove(upload)
      return null
    },
    'uploads.inspect': async ({ upload }) => {
      const file = await uploads.complete(upload)
      const inspection = await queue.inspect({ file, work: context.folder.work() })
      const remembered = store.columnMappings.get(headerSignature(inspection.columns))
      return { ...inspection, remembered }
    },
    'uploads.rejects': ({ upload, from }) => uploads.readRejects(upload, from),
    'datasets.import': (wish, cancel) =>
      importDataset(context, wish, cancel, ({ meta, profile, report }) => {
        store.datasets.add(meta, profile, at())
        if (wish.plan) {
          store.columnMappings.remember(headerSignature(report.columns), wish.plan, at())
        }
        record('dataset.import', meta.name, `${meta.source}, ${meta.rows} rows (${meta.kind})`)
        events.datasets.emit(undefined)
      }),
  }
}

const specSchema = (): Record<string, unknown> => z.toJSONSchema(ExperimentSpec, { io: 'input' })

function existing(store: Store, run: RunId): StoredRun {
  const stored = store.runs.get(run)
  if (stored) return stored
  throw new RpcError('NOT_FOUND', `there is no run ${run}`)
}

/** @throws RpcError `BAD_INPUT` for a parent that is not there */
function startRun(
  store: Store,
  spec: ExperimentSpec,
  parent: number | null,
  run: Parameters<Store['startRun']>[2],
): RunId {
  if (parent !== null && !store.experiments.has(parent)) {
    const message = `there is no experiment ${parent} to fork`
    throw new RpcError('BAD_INPUT', message, [{ path: 'parent', message }])
  }
  return store.startRun(spec, parent, run)
}
