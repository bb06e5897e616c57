import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { draftDuel, duelSlots } from '#core/interleaver/teamDraftDuel'
import { mulberry32 } from '#core/random/mulberry32'

interface LargeLog {
  readonly lists: number
  readonly users: number
  /** Factor on the click probability of A's items; B's is 0.05. */
  readonly lift: number
  readonly seed: number
}

/** Shown items of a list. */
export const shownItems = 10
const catalogue = 50_000

/**
 * Writes a log of two rankers by team draft as CSV, list by list, so that it may be larger than the
 * memory: the same parameters give the same bytes.
 */
export async function writeLargeLog(path: string, options: LargeLog): Promise<void> {
  const { lists, users, lift } = options
  const rng = mulberry32(options.seed)
  const slots = duelSlots(shownItems)
  const a = new Int32Array(shownItems)
  const b = new Int32Array(shownItems)
  const out = createWriteStream(path)
  out.write('impression_id,user_id,timestamp,position,item_id,team,click\n')
  for (let list = 0; list < lists;) {
    const lines: string[] = []
    for (const end = Math.min(lists, list + 5000); list < end; list++) {
      const user = rng.int(users)
      const first = rng.int(catalogue)
      for (let rank = 0; rank < shownItems; rank++) {
        a[rank] = (first + 37 * rank) % catalogue
        b[rank] = (first + 37 * (shownItems - rank)) % catalogue
      }
      draftDuel(a, b, shownItems, slots, rng)
      for (let slot = 0; slot < shownItems; slot++) {
        const isA = slots.teams[slot] === 0
        const click = rng.u() < 0.05 * (isA ? lift : 1) ? 1 : 0
        lines.push(
          `i${list},u${user},${1_700_000_000 + list},${slot + 1},d${slots.items[slot]!},${isA ? 'A' : 'B'},${click}\n`,
        )
      }
    }
    if (!out.write(lines.join(''))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}
