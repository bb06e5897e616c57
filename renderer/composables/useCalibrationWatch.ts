import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { CalibrationFrame, CalibrationId } from '#core/contract'
import { cancelSource } from '#core/rpc/cancel'
import { api } from '../api.ts'

export interface CalibrationWatch {
  /** Null until the first frame. */
  readonly frame: ShallowRef<CalibrationFrame | null>
  readonly error: ShallowRef<string | null>
}

/** Follows one calibration, or none. Ends with the scope that called it. */
export function useCalibrationWatch(calibration: () => CalibrationId | null): CalibrationWatch {
  const frame = shallowRef<CalibrationFrame | null>(null)
  const error = shallowRef<string | null>(null)
  let stop: () => void = () => undefined

  async function follow(id: CalibrationId, source: ReturnType<typeof cancelSource>) {
    const stream = api.stream('calibrations.watch', { calibration: id }, { signal: source.cancel })
    try {
      for await (const frames of stream) frame.value = frames.at(-1) ?? frame.value
    } catch (reason) {
      if (!source.cancel.aborted) {
        error.value = reason instanceof Error ? reason.message : String(reason)
      }
    }
  }

  watch(
    calibration,
    (id) => {
      stop()
      frame.value = null
      error.value = null
      if (id === null) return
      const source = cancelSource()
      stop = source.abort
      void follow(id, source)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return { frame, error }
}
