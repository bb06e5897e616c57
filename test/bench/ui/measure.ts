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
  readonly differs?: string | null // from the text of the first element
  readonly matches?: string // pattern of that text
  readonly lacks?: string
}

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
    ([wanted, limit]) => {
      const isAnswered = () => {
        const found = document.querySelectorAll(wanted.selector)
        const text = found[0]?.textContent ?? ''
        return (
          found.length >= (wanted.least ?? 1) &&
          text !== wanted.differs &&
          (wanted.matches === undefined || new RegExp(wanted.matches).test(text)) &&
          (wanted.lacks === undefined || !new RegExp(wanted.lacks).test(text))
        )
      }
      const watch = { begin: Number.NaN, paint: Number.NaN, frame: 0, over: false }
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
            watch.paint = performance.now() - watch.begin
            watch.over = true
          })
          return
        }
        if (now - from > limit) watch.over = true
        else requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
      Object.assign(window, { watch })
    },
    [answer, timeout] as const,
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
