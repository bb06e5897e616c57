import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Gives a folder that is written whole its final name, by one rename that is on the disk
 * afterwards. Where the name is taken, the content is there already.
 */
export async function publish(folder: string, path: string): Promise<void> {
  await syncFolder(folder)
  if (existsSync(path)) await rm(folder, { recursive: true, force: true })
  else await rename(folder, path)
  await syncFolder(dirname(path))
}

/** Makes a rename itself durable; Windows can not open a folder and needs none of it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
