import { shallowRef, type ShallowRef } from 'vue'
import { reasonOf } from '../reasonOf.ts'

interface KeptList<T> {
  /** Null until it was read for the first time; the last ones while they are read again. */
  readonly rows: ShallowRef<readonly T[] | null>
  /** Why the newest could not be read. */
  readonly failure: ShallowRef<string | null>
  /** Never rejects. */
  readonly load: () => Promise<void>
}

/** A list of the workspace that many pages show. */
export function keptList<T>(ask: () => Promise<readonly T[]>): KeptList<T> {
  const rows: KeptList<T>['rows'] = shallowRef(null)
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
