import { extname, join } from 'node:path'
import { z } from 'zod'
import type { SaveResult } from '#core/rpc/bridge'
import { writeFileAtomically } from './writeFileAtomically.ts'

/** The longest name that common file systems take, in bytes of ASCII. */
const MAX_NAME = 255
/** Reports are some megabytes; a picture of a chart less. */
const MAX_BYTES = 64 << 20

const FileToSave = z.object({
  name: z
    .string()
    .min(1)
    .max(MAX_NAME)
    .regex(/^[^/\\:*?"<>|\x00-\x1f]+$/, 'a file name without folders')
    .refine((name) => !/^\.+$/.test(name), 'not a file name'),
  bytes: z
    .instanceof(Uint8Array)
    .refine(({ byteLength }) => byteLength <= MAX_BYTES, 'more than 64 MiB'),
})

/** The system's save dialog, as far as it is needed; `filePath` is empty when it was cancelled. */
export type AskWhere = (options: {
  readonly defaultPath: string
  readonly filters: { name: string; extensions: string[] }[]
}) => Promise<{ readonly canceled: boolean; readonly filePath: string }>

/**
 * Saves what a page hands over where the user says. The page proposes a name and never a path.
 * @param file unchecked
 * @param folder where the dialog starts
 * @throws ZodError for what is no `FileToSave`; the file system's error when the disk refuses
 */
export async function saveFile(
  file: unknown,
  folder: string,
  askWhere: AskWhere,
): Promise<SaveResult> {
  const { name, bytes } = FileToSave.parse(file)
  const extension = extname(name).slice(1)
  const { canceled, filePath } = await askWhere({
    defaultPath: join(folder, name),
    filters: extension ? [{ name: extension.toUpperCase(), extensions: [extension] }] : [],
  })
  if (canceled || filePath === '') return 'cancelled'
  await writeFileAtomically(filePath, bytes)
  return 'saved'
}
