import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SniffError, sniffText } from '#core/dataset/sniffText'
import type { Sniffed, SourceFormat } from '#core/dataset/sniffed'
import { NoDuck, openDuck } from '#db/duck/session'
import { sniffParquet } from '#db/duck/sniffParquet'
import { badFile } from '../../plainFile.ts'
import { headOf } from './headOf.ts'
import { inputFile, isParquet, type InputFile } from './inputFile.ts'

/**
 * How a file is built, by its head.
 * @param work a folder for what has to be written meanwhile
 * @throws RpcError `BAD_FILE`
 */
export async function sniffFile(
  { path, name }: { readonly path: string; readonly name: string },
  work: string,
  known: SourceFormat | null = null,
): Promise<{ readonly input: InputFile; readonly sniffed: Sniffed }> {
  const input = await inputFile(path, name)
  try {
    if (input.packing === null && (await isParquet(path))) {
      await mkdir(join(work, 'sniff'), { recursive: true })
      const duck = await openDuck({ folder: join(work, 'sniff'), files: [path] })
      try {
        return { input, sniffed: await sniffParquet(duck, path) }
      } finally {
        duck.close()
      }
    }
    const { text, isWhole } = await headOf(input)
    return { input, sniffed: sniffText(text, isWhole, known) }
  } catch (error) {
    if (error instanceof SniffError) throw badFile(`${name}: ${error.message}`)
    if (error instanceof NoDuck) throw noDuck(name, error)
    throw error
  }
}

export const noDuck = (name: string, error: NoDuck) =>
  badFile(
    `${name} needs DuckDB, which is not here (${error.message}); without it only ratings in text files can be imported`,
  )
