import type { Token } from '../../theme/tokens.ts'
import { noPatterns } from '../parts.ts'

type Rgb = readonly [number, number, number]

const steps = 7

/** A colour of the sequential ramp and the ink that is read on it. @param share 0 … 1 */
export function rampColour(
  token: Token,
  share: number,
): { readonly fill: string; readonly ink: string } {
  const at = Math.min(1, Math.max(0, share)) * (steps - 1)
  const below = Math.min(steps - 2, Math.floor(at))
  const [a, b] = [rgb(token(`seq-${below}`)), rgb(token(`seq-${below + 1}`))]
  const mix = (i: 0 | 1 | 2) => Math.round(a[i] + (at - below) * (b[i] - a[i]))
  const colour: Rgb = [mix(0), mix(1), mix(2)]
  const inks = [token('ink'), token('on-ink')]
  const [first, second] = inks.map((ink) => contrast(rgb(ink), colour)) as [number, number]
  return {
    fill: `rgb(${colour.join(' ')})`.replaceAll(' ', ','),
    ink: inks[first >= second ? 0 : 1]!,
  }
}

/** The ramp as ECharts blends it, from low to high. */
export const rampTokens = (token: Token): readonly string[] =>
  Array.from({ length: steps }, (_, step) => token(`seq-${step}`))

/** Areas are told apart by their edges and labels: a pattern on each would hide its value. */
export const plainAreas = noPatterns

/** The whole ramp for a legend, from low to high. */
export const rampGradient =
  'linear-gradient(90deg, var(--seq-0), var(--seq-1), var(--seq-2), var(--seq-3), var(--seq-4), var(--seq-5), var(--seq-6))'

/** @param hex as the style sheet's compressor leaves it: #fff for #ffffff */
function rgb(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex
  const n = Number.parseInt(digits.slice(1), 16)
  return Number.isNaN(n) ? [0, 0, 0] : [(n >> 16) & 255, (n >> 8) & 255, n & 255]
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
