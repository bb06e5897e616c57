import { escapeMarkup, escapeWords } from '../escape.ts'
import { tokens } from '../tokens.ts'

// Small helpers to write SVG as text. Attributes only: the report's policy forbids inline styles.

type Attributes = Readonly<Record<string, string | number>>

/** An element; text children must be escaped already. */
export function element(tag: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .map(
      ([name, value]) =>
        ` ${name}="${typeof value === 'number' ? coordinate(value) : escapeMarkup(value)}"`,
    )
    .join('')
  return children.length === 0
    ? `<${tag}${written}/>`
    : `<${tag}${written}>${children.join('')}</${tag}>`
}

/** At most two decimals: enough for paper, and the same text on every machine. */
function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100 || 0)
}

export interface ChartFrame {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly title: string
  readonly summary: string
}

/** The whole drawing, named and described for those who listen. */
export function chart(frame: ChartFrame, ...children: string[]): string {
  const { id, width, height } = frame
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      'font-family': tokens.sans,
      'font-size': 11,
    },
    element('title', { id: `${id}-title` }, escapeMarkup(frame.title)),
    element('desc', { id: `${id}-desc` }, escapeMarkup(frame.summary)),
    ...children,
  )
}

export function label(
  x: number,
  y: number,
  text: string,
  look: { fill?: string; anchor?: 'start' | 'middle' | 'end'; size?: number; weight?: number } = {},
): string {
  return element(
    'text',
    {
      x,
      y,
      fill: look.fill ?? tokens.ink,
      ...(look.anchor && look.anchor !== 'start' ? { 'text-anchor': look.anchor } : {}),
      ...(look.size ? { 'font-size': look.size } : {}),
      ...(look.weight ? { 'font-weight': look.weight } : {}),
    },
    escapeWords(text, 'tspan'),
  )
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  width = 1,
  dash = '',
): string {
  return element('line', {
    x1,
    y1,
    x2,
    y2,
    stroke,
    'stroke-width': width,
    ...(dash ? { 'stroke-dasharray': dash } : {}),
  })
}

/** A path through points; a gap wherever a value is not finite. */
export function polyline(points: readonly (readonly [x: number, y: number])[]): string {
  let path = ''
  let pen = false
  for (const [x, y] of points) {
    if (Number.isFinite(y)) path += `${pen ? 'L' : 'M'}${coordinate(x)} ${coordinate(y)}`
    pen = Number.isFinite(y)
  }
  return path
}

/** The mark of a team or outcome: hue, shape and letter always travel together. */
export function mark(kind: 'a' | 'b' | 'tie' | 'noVote', x: number, y: number, r = 4.5): string {
  switch (kind) {
    case 'a':
      return element('circle', { cx: x, cy: y, r, fill: tokens.a })
    case 'b': {
      const h = r * 1.15
      const points = [
        [x, y - h],
        [x + h, y + h * 0.8],
        [x - h, y + h * 0.8],
      ]
      const path = points.map(([px, py]) => `${coordinate(px!)},${coordinate(py!)}`).join(' ')
      return element('polygon', { points: path, fill: tokens.b })
    }
    case 'tie':
      return element('rect', { x: x - r, y: y - r, width: 2 * r, height: 2 * r, fill: tokens.tie })
    case 'noVote':
      return element('circle', {
        cx: x,
        cy: y,
        r: r - 0.75,
        fill: tokens.surface,
        stroke: tokens.noVote,
        'stroke-width': 1.5,
      })
  }
}
