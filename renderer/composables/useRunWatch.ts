import { nextTick, onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { RunId } from '#core/contract/ids'
import type { RunFrame } from '#core/contract/runs'
import { cancelSource } from '#core/rpc/cancel'
import type { UpdateEvent } from '#core/run/batch'
import { api } from '../api.ts'
import { onHostBack } from '../stores/app.ts'
import { reasonOf } from '../reasonOf.ts'
import { growingCurve, type Curve } from '../stores/curve.ts'
import { useRuns } from '../stores/runs.ts'

/** Charts are drawn at most so often, in milliseconds. */
const DRAW_EVERY = 100
/** And they take at most one part in so many of the page's time, while a long run is read. */
const SHARE = 4

type RunHead = Pick<
  RunFrame,
  'state' | 'reason' | 'stage' | 'done' | 'total' | 'summary' | 'impressionsPerSecond'
>

export interface RunWatch {
  /** Null until the first frame. */
  readonly head: ShallowRef<RunHead | null>
  readonly curve: ShallowRef<Curve>
  readonly updates: ShallowRef<readonly UpdateEvent[]>
  /** Outcome codes of the last impressions, oldest first, at most 50. */
  readonly ticker: ShallowRef<readonly number[]>
  readonly error: ShallowRef<string | null>
  /** Follows it anew after an error. */
  readonly retry: () => void
}

/** Follows one run from its first stored point. Ends with the scope that called it. */
export function useRunWatch(run: Ref<RunId> | (() => RunId)): RunWatch {
  const head = shallowRef<RunHead | null>(null)
  const curve = shallowRef(growingCurve().curve())
  const updates = shallowRef<readonly UpdateEvent[]>([])
  const ticker = shallowRef<readonly number[]>([])
  const error = shallowRef<string | null>(null)
  const runs = useRuns()

  let stop: () => void = () => undefined

  function begin(id: RunId): void {
    stop()
    const source = cancelSource()
    const growing = growingCurve()
    let lastStep = -1
    let waiting: ReturnType<typeof setTimeout> | undefined
    let following = false
    let pause = 0 // before the next drawing
    let latest: RunHead | null = null
    let events: UpdateEvent[] = []
    let outcomes: readonly number[] = []
    head.value = null
    curve.value = growing.curve()
    updates.value = []
    ticker.value = []
    error.value = null

    const draw = () => {
      waiting = undefined
      const begun = performance.now()
      head.value = latest
      updates.value = events
      ticker.value = outcomes
      curve.value = growing.curve()
      pause = DRAW_EVERY
      void nextTick(() => {
        pause = Math.max(DRAW_EVERY, SHARE * (performance.now() - begun))
      })
    }

    const take = (frame: RunFrame) => {
      const { afterStep, points, updates: newer, ticker: codes, ...rest } = frame
      latest = rest
      const known = growing.rows
      growing.append(points, afterStep)
      lastStep = growing.rows - 1
      if (growing.rows < known) {
        const served = growing.rows > 0 ? growing.curve().at(growing.rows - 1, 'impressions') : 0
        const until = Math.min(served + 1, newer[0]?.impression ?? Infinity)
        events = events.filter(({ impression }) => impression < until)
      }
      if (newer.length > 0) events = [...events, ...newer]
      outcomes = [...codes]
      waiting ??= setTimeout(draw, pause)
    }

    const follow = async () => {
      following = true
      try {
        const stream = api.stream(
          'runs.watch',
          { run: id, afterStep: lastStep },
          { signal: source.cancel },
        )
        for await (const frames of stream) for (const frame of frames) take(frame)
      } catch (reason) {
        if (!source.cancel.aborted) {
          error.value = reasonOf(reason)
        }
      } finally {
        following = false
      }
    }
    void follow()

    // the stream ends with the run's process; a resumed run is followed again from where it stood
    const unwatch = watch(
      () => runs.byId.get(id)?.state,
      (state) => {
        if ((state === 'running' || state === 'queued') && !following) void follow()
      },
    )
    const unhook = onHostBack(() => {
      error.value = null
      if (!following) void follow()
    })
    stop = () => {
      unwatch()
      unhook()
      source.abort()
      clearTimeout(waiting)
    }
  }

  const id = () => (typeof run === 'function' ? run() : run.value)
  watch(run, begin, { immediate: true })
  onScopeDispose(() => stop())
  return { head, curve, updates, ticker, error, retry: () => begin(id()) }
}
