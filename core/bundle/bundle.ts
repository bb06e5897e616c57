import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { z } from 'zod'
import type { RunDetail } from '../contract.ts'
import { readModelFile, writeModelFile, type ModelFile } from '../model/modelFile.ts'
import { modelHash } from '../model/savedModel.ts'
import { readPoints } from '../report/points.ts'
import type { ReportInput, StepRecords } from '../report/reportInput.ts'
import { zip, type ArchiveEntry } from '../report/zip.ts'
import { decodeFrame, encodeFrame } from '../rpc/frame.ts'
import { pointMetrics, pointWidth } from '../run/point.ts'
import type { UpdateEvent } from '../run/batch.ts'

/** Bytes that an opened bundle may unpack to. */
const MOST_BYTES = 1 << 28

/** Raised when a reader of the old form would misread the new one. */
const schemaVersion = 1

const Manifest = z.strictObject({
  schema: z.literal('duelist-bundle'),
  schemaVersion: z.literal(schemaVersion),
  appVersion: z.string(),
  pointMetrics: z.array(z.string()),
  /** SHA-256 and size of every other entry. */
  files: z.record(z.string(), z.strictObject({ sha256: z.string(), bytes: z.int().min(0) })),
})

/** What a bundle holds: all that a report of its run is made from. */
export interface Bundle {
  readonly appVersion: string
  readonly run: RunDetail
  readonly points: Float64Array // rows × pointWidth
  readonly updates: readonly UpdateEvent[]
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
  networks: 'networks.msgpack',
} as const

const modelFolder = 'models/'

/** A run in one file (`.duelist`); the same run gives the same bytes. */
export function writeBundle({
  run,
  points,
  updates,
  networks,
  models = [],
  appVersion,
}: ReportInput): Uint8Array {
  const rows = readPoints(points)
  const table = new DataView(new ArrayBuffer(rows.count * pointWidth * 8))
  pointMetrics.forEach((metric, column) => {
    rows.column(metric).forEach((value, row) => {
      table.setFloat64((row * pointWidth + column) * 8, value, true)
    })
  })
  // where a dataset lies on this machine says nothing elsewhere
  const dataset = run.dataset && { ...run.dataset, path: '' }
  const entries: readonly ArchiveEntry[] = [
    [names.run, json({ ...run, dataset })],
    [names.points, new Uint8Array(table.buffer)],
    [names.updates, json(updates)],
    ...(networks?.length ? [[names.networks, encodeFrame(networks)] as const] : []),
    ...models.map(
      (file) =>
        [`${modelFolder}${modelHash(file.model)}.safetensors`, writeModelFile(file)] as const,
    ),
  ]
  const files = Object.fromEntries(
    entries.map(([name, bytes]) => [
      name,
      { sha256: bytesToHex(sha256(bytes)), bytes: bytes.length },
    ]),
  )
  const manifest = { schema: 'duelist-bundle', schemaVersion, appVersion, pointMetrics, files }
  return zip([['manifest.json', json(manifest)], ...entries])
}

/**
 * Opens a bundle after checking it: names, sizes and hashes before anything is read.
 * @throws RangeError naming the entry and what is wrong with it
 */
export function readBundle(bytes: Uint8Array): Bundle {
  let total = 0
  const entries = unpacked(() =>
    unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (/^[/\\]|\\|(^|\/)\.\.(\/|$)|^[A-Za-z]:/.test(name)) {
          throw new RangeError(`the bundle's entry "${name}" lies outside of it`)
        }
        total += originalSize
        if (total > MOST_BYTES) throw new RangeError('the bundle unpacks to more than 256 MiB')
        return true
      },
    }),
  )
  const entry = (name: string): Uint8Array => {
    const found = entries[name]
    if (found) return found
    throw new RangeError(`the bundle has no "${name}"; export it again`)
  }
  const parsed = Manifest.safeParse(parsedJson(entry('manifest.json'), 'manifest.json'))
  if (!parsed.success) {
    throw new RangeError(`the bundle's manifest.json is not of version ${schemaVersion}`)
  }
  const manifest = parsed.data
  for (const [name, { sha256: hash, bytes: size }] of Object.entries(manifest.files)) {
    const file = entry(name)
    if (file.length !== size || bytesToHex(sha256(file)) !== hash) {
      throw new RangeError(`the bundle's "${name}" has been changed since it was written`)
    }
  }
  if (manifest.pointMetrics.join() !== pointMetrics.join()) {
    throw new RangeError(
      `the bundle was written by Duelist ${manifest.appVersion}, whose points have other columns`,
    )
  }
  const table = entry(names.points)
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength)
  const points = Float64Array.from({ length: table.length / 8 }, (_, i) =>
    view.getFloat64(i * 8, true),
  )
  return {
    appVersion: manifest.appVersion,
    run: parsedJson(entry(names.run), names.run) as RunDetail,
    points,
    updates: (parsedJson(entry(names.updates), names.updates) as readonly StoredUpdate[]).map(
      revived,
    ),
    networks: names.networks in manifest.files ? records(entry(names.networks)) : [],
    models: Object.keys(manifest.files)
      .filter((name) => name.startsWith(modelFolder))
      .map((name) => readModelFile(entry(name))),
  }
}

function records(bytes: Uint8Array): StepRecords {
  try {
    return decodeFrame(bytes.slice().buffer) as StepRecords
  } catch (error) {
    throw new RangeError(`the bundle's "${names.networks}" can not be read`, { cause: error })
  }
}

function unpacked<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw error
    throw new RangeError('the file is no .duelist bundle, or it was cut short', { cause: error })
  }
}

function parsedJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(strFromU8(bytes))
  } catch (error) {
    throw new RangeError(`the bundle's "${name}" is no JSON`, { cause: error })
  }
}

/** JSON has no NaN: a loss that was not computed is stored as null. */
const revived = (update: StoredUpdate): UpdateEvent => ({
  ...update,
  loss: update.loss ?? Number.NaN,
})
type StoredUpdate = Omit<UpdateEvent, 'loss'> & { readonly loss: number | null }

const json = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 1)}\n`)
