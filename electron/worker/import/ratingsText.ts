import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportPlan } from '#core/dataset/importPlan'
import type { Sniffed } from '#core/dataset/sniffed'
import type { Cancel } from '#core/rpc/cancel'
import { writeRatingsText } from '#db/duck/writeRatingsText'
import { openDuck } from '#db/duck/session'

/** Ratings of any format as a table that the ratings reader knows. @returns its path */
export async function ratingsText(
  file: string,
  sniffed: Sniffed,
  plan: ImportPlan,
  work: string,
  cancel: Cancel,
): Promise<string> {
  const folder = join(work, 'ratings')
  await mkdir(folder)
  const duck = await openDuck({ folder, files: [file] })
  const off = cancel.onAbort(() => duck.interrupt())
  try {
    const out = join(folder, 'ratings.csv')
    await writeRatingsText(duck, file, sniffed, plan, out)
    return out
  } finally {
    off()
    duck.close()
  }
}
