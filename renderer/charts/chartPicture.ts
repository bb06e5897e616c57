import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { escapeMarkup } from '#core/report/escape'
import { echartsTheme } from '../theme/echartsTheme.ts'
import type { Token } from '../theme/tokens.ts'
import './echarts.ts'

use([SVGRenderer])

const MARGIN = 16 // px
const PNG_SCALE = 2

/** A chart that is to leave the page: the option that is on the screen, with its words. */
export interface Picture {
  readonly option: EChartsCoreOption
  readonly title: string
  readonly summary: string
  readonly width: number // of the plot, CSS px
  readonly height: number
  readonly token: Token
  readonly locale: 'EN' | 'ZH'
}

interface TextLine {
  readonly text: string
  readonly font: string
  readonly size: number
  readonly weight: number
  readonly fill: string
  readonly y: number // baseline
}

/** Width of a text in a font, px. */
export type Measure = (text: string, font: string) => number

/** The chart with its title and summary as one SVG file, drawn by ECharts without animation. */
export function pictureSvg(picture: Picture, measure: Measure): string {
  const { width, height, token, title, summary } = picture
  const { lines, top } = layOut(picture, measure)
  const chart = init(null, echartsTheme(token), {
    renderer: 'svg',
    ssr: true,
    width,
    height,
    locale: picture.locale,
  })
  chart.setOption(still(picture.option))
  const plot = chart.renderToSVGString()
  chart.dispose()
  const size = { width: width + 2 * MARGIN, height: top + height + MARGIN }
  const words = lines.map(
    ({ text, size: px, weight, fill, y }) =>
      `<text x="${MARGIN}" y="${y}" fill="${fill}" font-size="${px}" font-weight="${weight}" ` +
      `font-family="${escapeMarkup(token('font-sans'))}">${escapeMarkup(text)}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" ` +
      `width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<desc>${escapeMarkup(summary)}</desc>`,
    `<rect width="100%" height="100%" fill="${token('surface')}"/>`,
    ...words,
    plot.replace('<svg ', `<svg x="${MARGIN}" y="${top}" `),
    '</svg>\n',
  ].join('\n')
}

/** The same as PNG at twice the size, with the fonts of the page. */
export async function picturePng(picture: Picture): Promise<Uint8Array> {
  const { width, height, token } = picture
  const { lines, top } = layOut(picture, measureOnCanvas)
  const chart = init(document.createElement('div'), echartsTheme(token), {
    renderer: 'canvas',
    width,
    height,
    devicePixelRatio: PNG_SCALE,
    locale: picture.locale,
  })
  chart.setOption(still(picture.option))
  const plot = chart.renderToCanvas({ pixelRatio: PNG_SCALE })
  const canvas = document.createElement('canvas')
  canvas.width = (width + 2 * MARGIN) * PNG_SCALE
  canvas.height = (top + height + MARGIN) * PNG_SCALE
  const pen = penOf(canvas)
  pen.scale(PNG_SCALE, PNG_SCALE)
  pen.fillStyle = token('surface')
  pen.fillRect(0, 0, canvas.width, canvas.height)
  for (const { text, font, fill, y } of lines) {
    pen.font = font
    pen.fillStyle = fill
    pen.fillText(text, MARGIN, y)
  }
  pen.drawImage(plot, MARGIN, top, width, height)
  chart.dispose()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error(`a picture of ${canvas.width} × ${canvas.height} is too large`)
  return new Uint8Array(await blob.arrayBuffer())
}

export const measureOnCanvas: Measure = (text, font) => {
  const pen = penOf(document.createElement('canvas'))
  pen.font = font
  return pen.measureText(text).width
}

const still = (option: EChartsCoreOption): EChartsCoreOption => ({ ...option, animation: false })

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws on no canvas')
  return pen
}

/** Title and summary above the plot, broken where the picture ends. */
function layOut({ title, summary, width, token }: Picture, measure: Measure) {
  const lines: TextLine[] = []
  let y = MARGIN
  const add = (words: string, size: number, weight: number, fill: string, leading: number) => {
    const font = `${weight} ${size}px ${token('font-sans')}`
    for (const text of wrapped(words, width, (part) => measure(part, font))) {
      y += leading
      lines.push({ text, font, size, weight, fill, y: y - 4 })
    }
  }
  add(title, 14, 600, token('ink'), 20)
  add(summary, 12, 400, token('ink-2'), 17)
  return { lines, top: y + 8 }
}

/** Breaks behind spaces and between Chinese characters. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines = ['']
  for (const part of text.split(/(?<=\s)|(?<=[\u3000-\u9fff\uff00-\uffef])/u)) {
    const longer = `${lines.at(-1) ?? ''}${part}`
    if (lines.at(-1) !== '' && measure(longer.trimEnd()) > width) lines.push(part)
    else lines[lines.length - 1] = longer
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
