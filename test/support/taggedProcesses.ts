import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Name of the environment variable that marks the processes of one test. */
export const TAG = 'DUELIST_TEST_TAG'

/** Process ids, other than this one's, that were started with this tag. Linux only. */
export function taggedProcesses(tag: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        // a process that has ended and not been waited for has an empty environment
        return readFileSync(`/proc/${name}/environ`, 'utf8').includes(`${TAG}=${tag}\0`)
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Waits until none is left. @returns those that are still there after `milliseconds` */
export async function untilGone(tag: string, milliseconds = 5000): Promise<readonly number[]> {
  const end = performance.now() + milliseconds
  for (;;) {
    const left = taggedProcesses(tag)
    if (left.length === 0 || performance.now() > end) return left
    await sleep(20)
  }
}
