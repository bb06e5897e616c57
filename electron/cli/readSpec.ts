import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { SampleRow } from '#core/contract/specs'
import { badFile, plainFileSize, unreadable } from '../plainFile.ts'
import { nearest } from './nearest.ts'
import { UsageError } from './usageError.ts'

/** A spec has some hundred lines; a larger file is something else. */
const MAX_BYTES = 1 << 20

/** What to run: not checked yet, but JSON. */
export interface SpecSource {
  readonly spec: unknown
  readonly seed: number // that comes with a sample; 1 for a file
  readonly label: string
}

/**
 * A sample by its id, or a spec from a JSON file.
 * @throws UsageError or RpcError `BAD_FILE` that names what is wrong and where
 */
export async function readSpec(source: string, samples: readonly SampleRow[]): Promise<SpecSource> {
  const sample = samples.find(({ id }) => id === source)
  if (sample) return { ...sample, label: source }
  if (!/[./\\]/.test(source)) {
    const ids = samples.map(({ id }) => id)
    const near = nearest(source, ids)
    const remedy = near === null ? `there are ${ids.join(', ')}.` : `did you mean ${near}?`
    throw new UsageError(`there is no sample "${source}"; ${remedy} A spec file ends in .json.`)
  }
  const name = basename(source)
  const size = await plainFileSize(source)
  if (size > MAX_BYTES) {
    throw badFile(
      `${name} has ${size} bytes; a spec has at most ${MAX_BYTES}: is it the right file?`,
    )
  }
  const bytes = await readFile(source).catch((error: unknown) => {
    throw unreadable(source, error)
  })
  return { spec: parseJson(bytes, name), seed: 1, label: name }
}

function parseJson(bytes: Uint8Array, name: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes) // leaves a byte order mark out
  } catch {
    throw badFile(`${name} is not UTF-8 text: save it as UTF-8`)
  }
  if (text.trim() === '')
    throw badFile(`${name} is empty: duelist spec --schema says what belongs in it`)
  try {
    return JSON.parse(text)
  } catch (error) {
    const before = text.slice(0, firstWrong(text)).split('\n')
    const place = `line ${before.length}, column ${before.at(-1).length + 1}`
    throw badFile(`${name}, ${place}: not valid JSON (${plainReason(error as Error)})`)
  }
}

/** Without the piece of the file and the place that Node adds. */
const plainReason = ({ message }: Error): string =>
  message
    .replace(/,? ?("[^]*"|\.\.\.[^]*) is not valid JSON$/, '')
    .replace(/ in JSON at position[^]*$/, '')

/** Where JSON stops being the beginning of some JSON. Node names the place only sometimes. */
function firstWrong(text: string): number {
  let good = 0
  let bad = text.length + 1 // even the whole text may only be cut short
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isBeginning(text.slice(0, middle))) good = middle
    else bad = middle
  }
  return good
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    const { message } = error as Error
    const at = /position (\d+)/.exec(message)?.[1]
    if (at !== undefined && Number(at) >= text.length) return true
    return /end of JSON input|Unterminated string/.test(message)
  }
}
