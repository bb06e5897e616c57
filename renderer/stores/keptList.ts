import { shallowRef, type ShallowRef } from 'vue'
import { reasonOf } from '../reasonOf.ts'

/**
 * A list of the workspace that many pages show.
 * @returns rows: null until they were read for the first time, the last ones while they are read again;
 * failure: why the newest could not be read; load: reads them, and never rejects
 */
export function keptList<T>(ask: () => Promise<readonly T[]>) {
  const rows: ShallowRef<readonly T[] | null> = shallowRef(null)
  const failure = shallowRef<string | null>(null)
  async function load(): Promise<void> {
    try {
      rows.value = await ask()
      failure.value = null
    } catch (error) {
      failure.value = reasonOf(error)
    }
  }
  return { rows, failure, load }
}
