import { z } from 'zod'
import type { RunDetail } from '../contract/runs.ts'
import { readModelFile, writeModelFile, type ModelFile } from '../model/modelFile.ts'
import { modelHash } from '../model/savedModel.ts'
import { readPoints } from '../report/points.ts'
import type { RunData, StepRecords } from '../report/reportInput.ts'
import { decodeFrame, encodeFrame } from '../rpc/frame.ts'
import { pointMetrics, pointWidth } from '../run/point.ts'
import type { UpdateEvent } from '../run/batch.ts'
import type { UserSegments } from '../run/userSegments.ts'
import { StepRecordsShape } from './networksShape.ts'
import { expectPoints, expectShape, readSpec } from './runShape.ts'
import { expectSchema, jsonBytes, parsedJson, readArchive, writeArchive } from './archive.ts'

/** Raised when a reader of the old form would misread the new one. */
const schemaVersion = 1
const schema = 'duelist-bundle'

/** What a bundle holds: all that a report of its run is made from. */
export interface Bundle {
  readonly appVersion: string
  readonly run: RunDetail
  readonly points: Float64Array // rows × pointWidth
  readonly updates: readonly UpdateEvent[]
  /** Null where the run has none, or its bundle is older. */
  readonly segments: UserSegments | null
  /** Empty where the run has none, or its bundle is older. */
  readonly networks: StepRecords
  /** That its rankers name. */
  readonly models: readonly ModelFile[]
}

/** Entries by name: JSON, points as little-endian float64 in the order of the manifest, msgpack. */
const names = {
  run: 'run.json',
  points: 'points.f64',
  updates: 'updates.json',
  segments: 'segments.json',
  networks: 'networks.msgpack',
} as const

const modelFolder = 'models/'

/** A run in one file (`.duelist`); the same run gives the same bytes. */
export function writeBundle({
  run,
  points,
  updates,
  segments,
  networks,
  models = [],
  appVersion,
}: RunData & { readonly appVersion: string }): Uint8Array {
  const rows = readPoints(points)
  const table = new DataView(new ArrayBuffer(rows.count * pointWidth * 8))
  pointMetrics.forEach((metric, column) => {
    rows.column(metric).forEach((value, row) => {
      table.setFloat64((row * pointWidth + column) * 8, value, true)
    })
  })
  // where a dataset lies on this machine says nothing elsewhere
  const dataset = run.dataset && { ...run.dataset, path: '' }
  return writeArchive({ schema, schemaVersion, appVersion, pointMetrics }, [
    [names.run, jsonBytes({ ...run, dataset })],
    [names.points, new Uint8Array(table.buffer)],
    [names.updates, jsonBytes(updates)],
    ...(segments ? [[names.segments, jsonBytes(segments)] as const] : []),
    ...(networks?.length ? [[names.networks, encodeFrame(networks)] as const] : []),
    ...models.map(
      (file) =>
        [`${modelFolder}${modelHash(file.model)}.safetensors`, writeModelFile(file)] as const,
    ),
  ])
}

/**
 * Opens a bundle after checking it.
 * @throws RangeError naming the entry and what is wrong with it
 */
export function readBundle(bytes: Uint8Array): Bundle {
  const archive = readArchive(bytes)
  expectSchema(archive, schema, schemaVersion)
  const { manifest, entry } = archive
  const columns = z.array(z.string()).safeParse(manifest['pointMetrics'])
  if (columns.data?.join() !== pointMetrics.join()) {
    throw new RangeError(
      `the bundle was written by Duelist ${manifest.appVersion}, whose points have other columns`,
    )
  }
  const table = entry(names.points)
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
  const points = Float64Array.from({ length: Math.floor(table.length / 8) }, (_, i) =>
    view.getFloat64(i * 8, true),
  )
  expectPoints(points, names.points)
  const checked = (part: 'run' | 'updates' | 'segments'): unknown => {
    const value = parsedJson(entry(names[part]), names[part])
    expectShape(part, names[part], value)
    return value
  }
  const run = checked('run') as RunDetail
  return {
    appVersion: manifest.appVersion,
    // a place that the bundle names is not to be read here
    run: { ...run, spec: readSpec(run.spec), dataset: run.dataset && { ...run.dataset, path: '' } },
    points,
    updates: (checked('updates') as readonly StoredUpdate[]).map(revived),
    segments: names.segments in manifest.files ? (checked('segments') as UserSegments) : null,
    networks: names.networks in manifest.files ? records(entry(names.networks)) : [],
    models: Object.keys(manifest.files)
      .filter((name) => name.startsWith(modelFolder))
      .map((name) => readModelFile(entry(name))),
  }
}

/** @throws RangeError naming the record and the field that is not as it should be */
function records(bytes: Uint8Array): StepRecords {
  let found: unknown
  try {
    found = decodeFrame(bytes.slice().buffer)
  } catch (error) {
    throw new RangeError(`the bundle's "${names.networks}" can not be read`, { cause: error })
  }
  const checked = StepRecordsShape.safeParse(found)
  if (checked.success) return found as StepRecords
  const [issue] = checked.error.issues
  const field = issue?.path.join('.') ?? ''
  throw new RangeError(
    `the bundle's "${names.networks}" is damaged at ${field}: ${issue?.message ?? ''}; export the run again`,
  )
}

/** JSON has no NaN: a loss or an entropy that was not computed is stored as null. */
const revived = (update: StoredUpdate): UpdateEvent => ({
  ...update,
  loss: update.loss ?? Number.NaN,
  entropy: update.entropy ?? Number.NaN,
})
type StoredUpdate = Omit<UpdateEvent, 'loss' | 'entropy'> & {
  readonly loss: number | null
  readonly entropy?: number | null // older bundles have none
}
