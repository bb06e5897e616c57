import type { Page } from 'playwright-core'

/** What an interaction took, in milliseconds. */
export interface Measured {
  /** From the input event to the frame after the answer was in the document; NaN: it never came. */
  readonly paint: number
  /** Longest time between two frames meanwhile. */
  readonly frame: number
}

/** What the page shows once it has answered. */
export interface Answer {
  readonly selector: string
  readonly least?: number // elements; 1 unless told
  readonly attribute?: string // of the first element, which is looked at instead of its text
  readonly differs?: string | null // from the text of the first element
  readonly matches?: string // pattern of that text
  readonly lacks?: string
  /** Charts belong to it: the answer is whole when the last canvas was drawn anew. */
  readonly charts?: true
}

/** Milliseconds without a drawing after which no chart is still to come. */
const STILL = 150

/**
 * Does something to the page and waits for its answer.
 * @param act the input: keys or clicks that reach the page
 * @param answer looked for in every frame
 */
export async function measured(
  page: Page,
  act: () => Promise<unknown>,
  answer: Answer,
  timeout = 20_000,
): Promise<Measured> {
  await page.evaluate(
    ([wanted, limit, still]) => {
      const isAnswered = () => {
        const found = document.querySelectorAll(wanted.selector)
        const text =
          (wanted.attribute === undefined
            ? found[0]?.textContent
            : found[0]?.getAttribute(wanted.attribute)) ?? ''
        return (
          found.length >= (wanted.least ?? 1) &&
          text !== wanted.differs &&
          (wanted.matches === undefined || new RegExp(wanted.matches).test(text)) &&
          (wanted.lacks === undefined || !new RegExp(wanted.lacks).test(text))
        )
      }
      const watch = { begin: Number.NaN, paint: Number.NaN, frame: 0, over: false }
      let drawnAt = 0
      const canvas = CanvasRenderingContext2D.prototype
      const clear = Object.getOwnPropertyDescriptor(canvas, 'clearRect')!
      if (wanted.charts) {
        Object.defineProperty(canvas, 'clearRect', {
          ...clear,
          value(...area: unknown[]) {
            drawnAt = performance.now()
            Reflect.apply(clear.value as () => void, this, area)
          },
        })
      }
      const finish = () => {
        Object.defineProperty(canvas, 'clearRect', clear)
        watch.over = true
      }
      /** Follows the charts to the frame after the last one that was drawn. */
      const follow = (answered: number) => {
        const now = performance.now()
        watch.frame = Math.max(watch.frame, now - before)
        before = now
        const end = Math.max(answered, drawnAt)
        if (drawnAt > answered && !painted.has(drawnAt)) painted.set(drawnAt, now)
        if (now - end > still) {
          watch.paint = (painted.get(drawnAt) ?? answered) - watch.begin
          finish()
        } else requestAnimationFrame(() => follow(answered))
      }
      const painted = new Map<number, number>()
      const start = (event: Event) => {
        if (Number.isNaN(watch.begin)) watch.begin = event.timeStamp
      }
      for (const kind of ['keydown', 'pointerdown', 'input', 'hashchange']) {
        addEventListener(kind, start, { capture: true, once: true })
      }
      let before = performance.now()
      const from = before
      const frame = () => {
        const now = performance.now()
        watch.frame = Math.max(watch.frame, now - before)
        before = now
        if (!Number.isNaN(watch.begin) && isAnswered()) {
          requestAnimationFrame(() => {
            const answered = performance.now()
            watch.paint = answered - watch.begin
            if (wanted.charts) follow(answered)
            else finish()
          })
          return
        }
        if (now - from > limit) finish()
        else requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
      Object.assign(window, { watch })
    },
    [answer, timeout, STILL] as const,
  )
  await act()
  await page.waitForFunction(() => (window as never as { watch: { over: boolean } }).watch.over, {
    timeout: timeout + 10_000,
  })
  return page.evaluate(() => {
    const { paint, frame } = (window as never as { watch: Measured }).watch
    return { paint, frame }
  })
}

/** The median of several, and the longest frame of all. */
export async function repeated(count: number, once: () => Promise<Measured>): Promise<Measured> {
  const all: Measured[] = []
  for (let i = 0; i < count; i++) all.push(await once())
  const sorted = all.map(({ paint }) => paint).sort((a, b) => a - b)
  return {
    paint: sorted[Math.floor(sorted.length / 2)]!,
    frame: Math.max(...all.map(({ frame }) => frame)),
  }
}
