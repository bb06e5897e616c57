import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { badFile, plainFileSize, unreadable } from '../plainFile.ts'

/** A spec, a plan or a policy has some hundred lines; a larger file is something else. */
const MAX_BYTES = 1 << 20

/** Whether an argument names a file, which needs no workspace. */
export const isFile = (source: string): boolean => existsSync(source)

/**
 * The content of a JSON file that somebody named.
 * @param what it should be, in words
 * @throws RpcError `BAD_FILE` that names the file, the place in it and what is wrong there
 */
export async function readJson(path: string, what: string): Promise<unknown> {
  const name = basename(path)
  const size = await plainFileSize(path)
  if (size > MAX_BYTES) {
    throw badFile(
      `${name} has ${size} bytes; ${what} has at most ${MAX_BYTES}: is it the right file?`,
    )
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  return parseJson(bytes, name, what)
}

function parseJson(bytes: Uint8Array, name: string, what: string): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes) // leaves a byte order mark out
  } catch {
    throw badFile(`${name} is not UTF-8 text: save it as UTF-8`)
  }
  if (text.trim() === '') throw badFile(`${name} is empty; ${what} is a JSON object`)
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
