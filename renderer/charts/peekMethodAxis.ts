import type { PeekReport } from '#core/peekLab/peekReport'
import type { Translate } from '../i18n.ts'

/** A name in two lines: broken after a hyphen, or at the space nearest to its middle. */
function inTwoLines(name: string): string {
  const breaks = [...name.matchAll(/[ -]/g)].map(({ index }) => index)
  const middle = name.length / 2
  const [at] = breaks.sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle))
  if (at === undefined) return name
  return `${name.slice(0, at + 1).trimEnd()}\n${name.slice(at + 1)}`
}

/** The methods side by side. */
export const peekMethodAxis = (methods: PeekReport['methods'], t: Translate) => ({
  type: 'category',
  data: methods.map(({ id }) => t(`peekLab.ids.${id}`)),
  axisLabel: { interval: 0, hideOverlap: false, fontSize: 10, formatter: inTwoLines },
})
