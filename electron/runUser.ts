import { setImmediate as nextTurn } from 'node:timers/promises'
import { Activeness } from '#core/agent/activeness'
import type { UserDetail } from '#core/contract/runs'
import { outcomeCodes, type ImpressionChunk } from '#core/run/batch'
import type { PastRequest } from '#core/run/greedyMf'
import type { UserPast } from '#core/run/userNow'
import type { StoredRun } from '#db/runs'
import type { Store } from '#db/store'

/** The stored chunks of a run, a moment apart, so that nobody else waits for all of them. */
async function* chunksOf(run: StoredRun, store: Store): AsyncGenerator<ImpressionChunk> {
  for (let next = 0; ;) {
    const chunk = store.impressions.chunkOf(run.id, next)
    if (!chunk) return
    yield chunk
    next = chunk.from + chunk.count
    await nextTurn()
  }
}

/** What is stored of a user before impression `end`, for `userNowAt`. */
export async function userPast(
  run: StoredRun,
  user: number,
  end: number,
  store: Store,
): Promise<UserPast> {
  const requests: PastRequest[] = []
  let clicksBefore = 0
  let itemsBefore = 0
  let seconds = 0
  for await (const { from, count, k, ...columns } of chunksOf(run, store)) {
    for (let i = 0; i < Math.min(count, end - from); i++) {
      const padded = columns.shown.subarray(i * k, (i + 1) * k)
      const shown = padded.subarray(0, padded.includes(-1) ? padded.indexOf(-1) : k)
      const clicked = columns.clicked.subarray(i * k, i * k + shown.length)
      if (columns.user[i] === user) requests.push({ shown, clicked, clicksBefore, itemsBefore })
      for (const click of clicked) clicksBefore += click
      itemsBefore += shown.length
      seconds = columns.seconds[i]!
    }
  }
  return { user, requests, seconds }
}

/** Every request of one user. */
export async function runUser(run: StoredRun, user: number, store: Store): Promise<UserDetail> {
  const law = new Activeness(1)
  const requests: UserDetail['requests'][number][] = []
  for await (const chunk of chunksOf(run, store)) {
    for (let i = chunk.user.indexOf(user); i >= 0; i = chunk.user.indexOf(user, i + 1)) {
      const of = (column: Int32Array) =>
        [...column.subarray(i * chunk.k, (i + 1) * chunk.k)].filter((item) => item >= 0)
      const shown = of(chunk.shown)
      const seconds = chunk.seconds[i]!
      const vote = chunk.vote[i]!
      const before = requests.length > 0 ? law.at(0, seconds) : null
      requests.push({
        index: chunk.from + i,
        seconds,
        outcome: outcomeCodes[chunk.outcome[i]!]!,
        vote: Number.isNaN(vote) ? null : vote,
        shown,
        clicked: shown.filter((_, slot) => chunk.clicked[i * chunk.k + slot] === 1),
        listA: of(chunk.listA),
        listB: of(chunk.listB),
        activenessBefore: before,
        activeness: law.request(0, seconds),
      })
    }
  }
  return { user, requests }
}
