import { shallowRef, type ShallowRef } from 'vue'

type Range = readonly [from: number, to: number]

/** What a brush has to know of the chart that it works on. */
interface BrushedChart {
  readonly isOn: () => boolean
  readonly plot: () =>
    | {
        readonly left: number
        readonly right: number
        readonly xMin: number
        readonly xMax: number
      }
    | undefined
  readonly width: () => number
  readonly x: () => ArrayLike<number>
  readonly cursor: () => number | null // row
  readonly done: (range: Range) => void
}

/** Less than this is a click, px. */
const LEAST = 4

/** A range of x, dragged out by the pointer or stepped out with Shift and the cursor's keys. */
export function useBrush(chart: BrushedChart): {
  /** While it is dragged. */
  readonly draft: ShallowRef<Range | null>
  readonly onDown: (event: PointerEvent) => void
  readonly onMove: (event: PointerEvent) => void
  readonly onUp: () => void
  readonly onCancel: () => void
  /** @param move lets the cursor take the key */
  readonly onKey: (event: KeyboardEvent, move: () => void) => void
} {
  const draft = shallowRef<Range | null>(null)
  let begun: number | null = null // px
  let anchor: number | null = null // row

  function xAt(pixel: number): number {
    const { left, right, xMin, xMax } = chart.plot() ?? { left: 0, right: 0, xMin: 0, xMax: 0 }
    const share = (pixel - left) / Math.max(1, chart.width() - left - right)
    return xMin + Math.max(0, Math.min(1, share)) * (xMax - xMin)
  }
  const between = (one: number, other: number): Range => [
    Math.min(one, other),
    Math.max(one, other),
  ]
  const onCancel = () => {
    begun = null
    draft.value = null
  }

  return {
    draft,
    onDown(event) {
      if (!chart.isOn() || event.button !== 0 || !chart.plot()) return
      begun = event.offsetX
    },
    onMove(event) {
      if (begun === null) return
      if (draft.value === null) {
        if (Math.abs(event.offsetX - begun) < LEAST) return
        // not before: what is captured is no click on a mark
        if (event.currentTarget instanceof Element) {
          event.currentTarget.setPointerCapture(event.pointerId)
        }
      }
      draft.value = between(xAt(begun), xAt(event.offsetX))
    },
    onUp() {
      const range = draft.value
      onCancel()
      if (range) chart.done(range)
    },
    onCancel,
    onKey(event, move) {
      const steps = ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)
      if (!chart.isOn() || !event.shiftKey || !steps) {
        if (event.key !== 'Shift') anchor = null
        move()
        return
      }
      anchor ??= chart.cursor() ?? chart.x().length - 1
      move()
      const [from, to] = [chart.x()[anchor], chart.x()[chart.cursor() ?? anchor]]
      if (from !== undefined && to !== undefined && from !== to) chart.done(between(from, to))
    },
  }
}
