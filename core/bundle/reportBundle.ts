import { strToU8 } from 'fflate'
import type { StudyDetail } from '../contract/studies.ts'
import { ReportContent } from '../report/reportContent.ts'
import type { ReportMake, SourceData } from '../report/reportInput.ts'
import type { ReportSource } from '../report/reportContent.ts'
import { expectSchema, jsonBytes, parsedJson, readArchive, writeArchive } from './archive.ts'
import { readBundle, writeBundle } from './bundle.ts'

const schemaVersion = 1
const schema = 'duelist-report-bundle'
const REPORT = 'report.json'

/** A source as it was when it was quoted. */
export interface Snapshot {
  readonly kind: ReportSource['kind']
  readonly bytes: Uint8Array
}

/** A report with everything that it is made from, in one file. */
export interface ReportBundle {
  readonly content: ReportContent
  readonly snapshots: Readonly<Record<string, Snapshot>> // by the keys of the sources
}

/** What a snapshot keeps of a source: a run's bundle, or a study without its dataset's place. */
export function takeSnapshot(source: SourceData, { appVersion }: Pick<ReportMake, 'appVersion'>) {
  if (source.kind === 'run') return writeBundle({ ...source, appVersion })
  const { study } = source
  const dataset = study.dataset && { ...study.dataset, path: '' }
  return strToU8(JSON.stringify({ ...study, dataset }))
}

/** @throws RangeError when it is not what was taken */
export function readSnapshot({ kind, bytes }: Snapshot): SourceData {
  if (kind === 'study') return { kind, study: parsedJson(bytes, 'sources') as StudyDetail }
  const { run, points, updates, segments } = readBundle(bytes)
  return { kind, run, points, updates, segments }
}

const entryOf = ({ key, kind }: ReportSource): string =>
  `sources/${key}.${kind === 'run' ? 'duelist' : 'json'}`

/** The same report gives the same bytes; the numbers that its sources have in a workspace stay there. */
export function writeReportBundle(
  { content, snapshots }: ReportBundle,
  { appVersion }: Pick<ReportMake, 'appVersion'>,
): Uint8Array {
  const sources = content.sources
    .filter(({ key }) => snapshots[key])
    .map((source) => ({ ...source, id: null }))
  return writeArchive({ schema, schemaVersion, appVersion }, [
    [REPORT, jsonBytes({ ...content, sources })],
    ...sources.map((source) => [entryOf(source), snapshots[source.key]!.bytes] as const),
  ])
}

/** Whether a file says that it is the bundle of a report, and not that of a run. */
export const isReportBundle = (bytes: Uint8Array): boolean =>
  readArchive(bytes).manifest.schema === schema

/** @throws RangeError naming what is wrong with it */
export function readReportBundle(bytes: Uint8Array): ReportBundle {
  const archive = readArchive(bytes)
  expectSchema(archive, schema, schemaVersion)
  const parsed = ReportContent.safeParse(parsedJson(archive.entry(REPORT), REPORT))
  if (!parsed.success) {
    throw new RangeError(
      `the bundle's "${REPORT}" is no report: ${parsed.error.issues[0]!.message}`,
    )
  }
  const snapshots = parsed.data.sources.map((source): [string, Snapshot] => {
    const snapshot = { kind: source.kind, bytes: archive.entry(entryOf(source)) }
    readSnapshot(snapshot)
    return [source.key, snapshot]
  })
  return { content: parsed.data, snapshots: Object.fromEntries(snapshots) }
}
