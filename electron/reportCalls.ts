import { createHash } from 'node:crypto'
import { takeSnapshot } from '#core/bundle/reportBundle'
import type { contract } from '#core/contract'
import type { Language } from '#core/languages'
import type { ReportId } from '#core/contract/ids'
import type { ReportDetail, ReportFile, ReportRow } from '#core/contract/reports'
import { withByteOrderMark } from '#core/report/byteOrderMark'
import type { ReportSource } from '#core/report/reportContent'
import type { ReportFormatId } from '#core/report/reportInput'
import { templateIds } from '#core/report/templates'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import type { StoredReport } from '#db/reports'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'
import type { ApiContext } from './api.ts'
import { modelFiles } from './modelsOf.ts'
import { runDataOf } from './runDataOf.ts'
import { quoteOf, runFingerprint, studyFingerprint } from './sourceState.ts'
import { studyDetailOf } from './studyCalls.ts'

type All = Handlers<typeof contract>
type ReportName = Extract<keyof All, `reports.${string}`>

/** Milliseconds within which the saves of a report are one entry of the audit log. */
const SAVES_TOGETHER = 5 * 60_000

interface Taken {
  readonly name: string
  readonly fingerprint: string
  readonly bytes: Uint8Array
}

/**
 * The part of the API that is about reports: of a run as they come, and those that people write.
 * @param record adds to the audit log
 */
export function reportCalls(
  context: ApiContext,
  record: (action: string, subject: string, detail?: string) => void,
): Pick<All, ReportName> {
  const { store, queue, events } = context
  const at = () => new Date(context.now()).toISOString()
  const appVersion = () => context.info().version
  const changed = () => events.reports.emit(undefined)

  const existing = (id: ReportId): StoredReport => {
    const stored = store.reports.get(id)
    if (stored) return stored
    throw new RpcError('NOT_FOUND', `there is no report ${id}`)
  }

  /** An editor saves with every word: one entry of the log stands for what follows it. */
  const savedAt = new Map<ReportId, number>()
  const recordSave = (report: ReportId, title: string) => {
    const before = savedAt.get(report) ?? Number.NEGATIVE_INFINITY
    if (context.now() - before < SAVES_TOGETHER) return
    savedAt.set(report, context.now())
    record('report.save', `report ${report}`, title)
  }

  /** A run or a study as it is now. */
  async function take(kind: ReportSource['kind'], id: number): Promise<Taken> {
    if (kind === 'run') {
      const stored = store.runs.get(id)
      if (!stored) throw new RpcError('NOT_FOUND', `there is no run ${id}`)
      await context.analyst.keepSegments(stored)
      const file = await queue.render({
        ...runDataOf(stored, store),
        language: 'en',
        format: 'duelist',
        appVersion: appVersion(),
      })
      return { name: stored.name, fingerprint: runFingerprint(stored), bytes: file.bytes! }
    }
    const stored = store.studies.get(id)
    if (!stored) throw new RpcError('NOT_FOUND', `there is no study ${id}`)
    const study = studyDetailOf(stored)
    const bytes = takeSnapshot({ kind, study }, { appVersion: appVersion() })
    return { name: stored.name, fingerprint: studyFingerprint(stored), bytes }
  }

  const keep = (
    report: ReportId,
    { key, kind }: Pick<ReportSource, 'key' | 'kind'>,
    { name, fingerprint, bytes }: Taken,
  ) => store.reports.quote(report, { key, kind, name, fingerprint, takenAt: at() }, bytes)

  /** A CSV file as the workspace wants them. */
  const marked = (file: ReportFile): ReportFile => ({
    ...file,
    text: withByteOrderMark(file.text, store.settings.get().csvMark),
  })

  async function written(
    report: ReportId,
    made: { readonly format: ReportFormatId; readonly language: Language },
  ): Promise<ReportFile> {
    const { content } = existing(report)
    const snapshots = store.reports.snapshots(report)
    const file = await queue.renderStored({ content, snapshots, ...made, appVersion: appVersion() })
    if (made.format === 'csv') return marked(file)
    if (made.format !== 'pdf') return file
    return { ...file, text: '', bytes: await context.print(file.text) }
  }

  return {
    'reports.render': async ({ run, format, language, parts }) => {
      const stored = store.runs.get(run)
      if (!stored) throw new RpcError('NOT_FOUND', `there is no run ${run}`)
      await context.analyst.keepSegments(stored)
      const more = format === 'duelist' ? travelling(stored, store) : {}
      const made = { ...more, format, language, parts, appVersion: appVersion() }
      const file = await queue.render({ ...runDataOf(stored, store), ...made })
      record('report.render', `run ${run}`, file.name)
      if (format === 'csv') return marked(file)
      if (format !== 'pdf') return file
      return { ...file, text: '', bytes: await context.print(file.text) }
    },
    'reports.list': () => store.reports.list().map((stored) => rowOf(context, stored)),
    'reports.get': ({ report }) => detailOf(context, existing(report)),
    'reports.create': async ({ template, sources: wanted, title, language, languages, paper }) => {
      if (!templateIds.includes(template)) {
        const known = templateIds.join(', ')
        throw new RpcError('BAD_INPUT', `there is no template "${template}"; known are ${known}`)
      }
      const sources = wanted.map((one, i) => ({ ...one, key: `s${i + 1}` }))
      const taken = await Promise.all(sources.map(({ kind, id }) => take(kind, id)))
      const draft = await queue.draftReport({
        template,
        sources: sources.map((source, i) => ({
          source,
          snapshot: { kind: source.kind, bytes: taken[i]!.bytes },
        })),
        title,
        language,
        appVersion: appVersion(),
      })
      const content = { ...draft, languages: languages ?? draft.languages, paper }
      const report = store.reports.create(content, at())
      sources.forEach((source, i) => keep(report, source, taken[i]!))
      record('report.create', `report ${report}`, content.title)
      changed()
      return report
    },
    'reports.save': ({ report, content }) => {
      const { quoted } = existing(report)
      const unknown = content.sources.find(({ key }) => !quoted.some((one) => one.key === key))
      if (unknown) {
        const message = `the report has no snapshot of its source "${unknown.key}"`
        throw new RpcError('BAD_INPUT', message, [{ path: 'content.sources', message }])
      }
      store.reports.save(report, content, at())
      recordSave(report, content.title)
      changed()
      return null
    },
    'reports.quote': async ({ report, kind, id }) => {
      const { quoted } = existing(report)
      const last = Math.max(0, ...quoted.map(({ key }) => Number(key.slice(1)) || 0))
      const key = `s${last + 1}`
      keep(report, { key, kind }, await take(kind, id))
      record('report.quote', `report ${report}`, `${kind} ${id}`)
      changed()
      return key
    },
    'reports.recompute': async ({ report }) => {
      const { content } = existing(report)
      for (const source of content.sources) {
        const { state } = quoteOf(store, source, undefined)
        if (state !== 'gone') keep(report, source, await take(source.kind, source.id!))
      }
      record('report.recompute', `report ${report}`, content.title)
      changed()
      return null
    },
    'reports.parts': ({ report, language }) => {
      existing(report)
      const snapshots = store.reports.snapshots(report)
      return queue.reportParts({ snapshots, language, appVersion: appVersion() })
    },
    'reports.preview': async ({ report, language }) =>
      (await written(report, { format: 'html', language })).text,
    'reports.export': async ({ report, format, language }) => {
      const file = await written(report, { format, language })
      const bytes = file.bytes ?? new TextEncoder().encode(file.text)
      store.reports.addExport(report, {
        at: at(),
        name: file.name,
        format,
        language,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })
      record('report.export', `report ${report}`, file.name)
      changed()
      return file
    },
    'reports.withdraw': ({ report, name }) => {
      existing(report)
      store.reports.dropExport(report, name)
      record('report.withdraw', `report ${report}`, name)
      changed()
      return null
    },
    'reports.duplicate': ({ report, title }) => {
      existing(report)
      const copy = store.reports.duplicate(report, title, at())
      record('report.duplicate', `report ${report}`, `as report ${copy}`)
      changed()
      return copy
    },
    'reports.delete': ({ report }) => {
      const { content } = existing(report)
      store.reports.remove(report)
      record('report.delete', `report ${report}`, content.title)
      changed()
      return null
    },
  }
}

/** What goes with the bundle of a run besides its results. */
const travelling = ({ id, spec }: StoredRun, store: Store) => ({
  networks: store.networks.all(id),
  models: modelFiles(spec.rankers, store.models),
})

function rowOf({ store }: ApiContext, stored: StoredReport): ReportRow {
  const { id, content, createdAt, updatedAt, quoted, exports } = stored
  return {
    id,
    title: content.title,
    languages: content.languages,
    paper: content.paper,
    blocks: content.blocks.length,
    quotes: content.sources.map((source) =>
      quoteOf(
        store,
        source,
        quoted.find(({ key }) => key === source.key),
      ),
    ),
    createdAt,
    updatedAt,
    lastExport: exports[0] ?? null,
  }
}

const detailOf = (context: ApiContext, stored: StoredReport): ReportDetail => ({
  ...rowOf(context, stored),
  content: stored.content,
  exports: stored.exports,
})
