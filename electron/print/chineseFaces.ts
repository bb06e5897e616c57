import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const WEIGHTS = [400, 600] as const

/**
 * `@font-face` rules with the pieces of Noto Sans SC that hold the Chinese characters of a text, as
 * data: a PDF made where no Chinese font is installed would show boxes. Empty for a text without any.
 */
export async function chineseFaces(text: string): Promise<string> {
  const wanted = new Set(text.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/gu))
  if (wanted.size === 0) return ''
  const folder = dirname(
    createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/unicode.json'),
  )
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Readonly<
    Record<string, string>
  >
  const needed = Object.entries(ranges).filter(([, range]) => holdsAny(range, wanted))
  const faces = needed.flatMap(([name, range]) =>
    WEIGHTS.map(async (weight) => {
      const piece = name.replace(/[[\]]/g, '')
      const file = join(folder, 'files', `noto-sans-sc-${piece}-${weight}-normal.woff2`)
      const font = (await readFile(file)).toString('base64')
      return `@font-face{font-family:"Noto Sans SC";font-weight:${weight};unicode-range:${range};src:url(data:font/woff2;base64,${font}) format("woff2")}`
    }),
  )
  return (await Promise.all(faces)).join('\n')
}

/** @param range as in CSS: 'U+4e00-4e0f,U+4e11' */
function holdsAny(range: string, characters: ReadonlySet<string>): boolean {
  const spans = range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return [...characters].some((character) => {
    const code = character.codePointAt(0)!
    return spans.some(([from, to]) => code >= from && code <= to)
  })
}
