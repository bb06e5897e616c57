import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { badFile } from '../plainFile.ts'

/** Whether an argument names a file, which needs no workspace. */
export const isFile = (source: string): boolean => existsSync(source)

/** A JSON file that a plan, a policy or a table of probabilities is read from. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw badFile(`${basename(path)} can not be read as JSON: ${(cause as Error).message}`)
  }
}
