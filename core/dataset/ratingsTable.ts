import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { decodeUtf8 } from './textDecoder.ts'

/** Ratings as columns. Users and items are numbered from 0; a pair of both occurs once. */
export interface RatingsTable {
  readonly users: number
  readonly items: number
  readonly user: Int32Array // [rows], 0 … users − 1
  readonly item: Int32Array // [rows], 0 … items − 1
  readonly rating: Float32Array // [rows]
  readonly time: Float64Array | null // [rows], unix seconds
  readonly userIds: readonly string[] // [users] as the file names them; empty in generated tables
  readonly itemIds: readonly string[] // [items]
  readonly minRating: number
  readonly maxRating: number
}

/*
 * The dataset file, little-endian:
 *   0  8 bytes  "DUELRATE"
 *   8  uint32   format version
 *  12  32 bytes SHA-256 of everything from byte 44 on: the canonical content
 *  44  uint32   users, items, rows, 1 if there are times, number of user ids, of item ids
 *  68  float64  lowest rating, highest rating
 *  84  columns  user int32, item int32, rating float32, time float64 if there are times
 *      ids      users first: uint32 length in bytes, UTF-8
 */
const MAGIC = 'DUELRATE'
const VERSION = 1
const HASHED_FROM = 44
const COLUMNS_FROM = 84

/** Bytes of a dataset file. The same table gives the same bytes on every machine. */
export function encodeRatings(table: RatingsTable): Uint8Array {
  const rows = table.rating.length
  const ids = [...table.userIds, ...table.itemIds].map(utf8ToBytes)
  const idBytes = ids.reduce((sum, id) => sum + 4 + id.length, 0)
  const bytes = new Uint8Array(COLUMNS_FROM + rows * (table.time ? 20 : 12) + idBytes)
  const view = new DataView(bytes.buffer)
  bytes.set(utf8ToBytes(MAGIC))
  view.setUint32(8, VERSION, true)
  const counts = [
    table.users,
    table.items,
    rows,
    table.time ? 1 : 0,
    table.userIds.length,
    table.itemIds.length,
  ]
  counts.forEach((count, i) => view.setUint32(HASHED_FROM + 4 * i, count, true))
  view.setFloat64(68, table.minRating, true)
  view.setFloat64(76, table.maxRating, true)
  let at = COLUMNS_FROM
  for (let i = 0; i < rows; i++, at += 4) view.setInt32(at, table.user[i]!, true)
  for (let i = 0; i < rows; i++, at += 4) view.setInt32(at, table.item[i]!, true)
  for (let i = 0; i < rows; i++, at += 4) view.setFloat32(at, table.rating[i]!, true)
  if (table.time) for (let i = 0; i < rows; i++, at += 8) view.setFloat64(at, table.time[i]!, true)
  for (const id of ids) {
    view.setUint32(at, id.length, true)
    bytes.set(id, at + 4)
    at += 4 + id.length
  }
  bytes.set(sha256(bytes.subarray(HASHED_FROM)), 12)
  return bytes
}

/** Hexadecimal SHA-256 of the content, as it is written in the head of a dataset file. */
export function ratingsHash(bytes: Uint8Array): string {
  return bytesToHex(bytes.subarray(12, HASHED_FROM))
}

/**
 * The table of a dataset file.
 * @throws Error naming what is wrong: another kind of file, another version, or damaged content
 */
export function decodeRatings(bytes: Uint8Array): RatingsTable {
  const damaged = () => new Error('the dataset file is damaged: import the ratings again')
  const magic = String.fromCharCode(...bytes.subarray(0, 8))
  if (magic !== MAGIC) throw new Error('this is not a dataset file of Duelist')
  if (bytes.length < COLUMNS_FROM) throw damaged()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(8, true)
  if (version !== VERSION) {
    throw new Error(
      `the dataset file has format ${version}, this version reads ${VERSION}: import the ratings again`,
    )
  }
  if (bytesToHex(sha256(bytes.subarray(HASHED_FROM))) !== ratingsHash(bytes)) throw damaged()
  const count = (i: number) => view.getUint32(HASHED_FROM + 4 * i, true)
  const rows = count(2)
  const hasTime = count(3) === 1
  // the hash matches, so only a file that was made to mislead fails here
  if (COLUMNS_FROM + rows * (hasTime ? 20 : 12) > bytes.length) throw damaged()

  let at = COLUMNS_FROM
  const user = new Int32Array(rows)
  const item = new Int32Array(rows)
  const rating = new Float32Array(rows)
  const time = hasTime ? new Float64Array(rows) : null
  for (let i = 0; i < rows; i++, at += 4) user[i] = view.getInt32(at, true)
  for (let i = 0; i < rows; i++, at += 4) item[i] = view.getInt32(at, true)
  for (let i = 0; i < rows; i++, at += 4) rating[i] = view.getFloat32(at, true)
  if (time) for (let i = 0; i < rows; i++, at += 8) time[i] = view.getFloat64(at, true)
  const readIds = (n: number) =>
    Array.from({ length: n }, () => {
      if (at + 4 > bytes.length) throw damaged()
      const length = view.getUint32(at, true)
      if (at + 4 + length > bytes.length) throw damaged()
      const id = decodeUtf8(bytes.subarray(at + 4, at + 4 + length))
      at += 4 + length
      return id
    })
  return {
    users: count(0),
    items: count(1),
    user,
    item,
    rating,
    time,
    userIds: readIds(count(4)),
    itemIds: readIds(count(5)),
    minRating: view.getFloat64(68, true),
    maxRating: view.getFloat64(76, true),
  }
}
