import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { dataFace } from './dataFace.ts'

const WEIGHTS = [400, 600] as const
const CHINESE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/u

/**
 * `@font-face` rules with the pieces of Inter and of Noto Sans SC that hold the characters of a text, as
 * data: a PDF needs no font of the machine, and Chinese never shows as boxes.
 */
export async function textFaces(text: string): Promise<string> {
  const characters = [...new Set(text)]
  const latin = characters.filter((character) => !CHINESE.test(character))
  const chinese = characters.filter((character) => CHINESE.test(character))
  const faces = [
    ...(await pieces('Inter', '@fontsource/inter', latin)),
    ...(await pieces('Noto Sans SC', '@fontsource/noto-sans-sc', chinese)),
  ]
  return faces.join('\n')
}

/** The pieces of a font package that hold one of the characters, in both weights. */
async function pieces(
  family: string,
  name: string,
  characters: readonly string[],
): Promise<readonly string[]> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/unicode.json`))
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Readonly<
    Record<string, string>
  >
  const needed = Object.entries(ranges).filter(([, range]) => holdsAny(range, characters))
  return Promise.all(
    needed.flatMap(([key, range]) =>
      WEIGHTS.map((weight) => {
        const piece = key.replace(/[[\]]/g, '')
        const file = `${basename(name)}-${piece}-${weight}-normal.woff2`
        return dataFace(family, weight, join(folder, 'files', file), range)
      }),
    ),
  )
}

/** @param range as in CSS: 'U+4e00-4e0f,U+4e11' */
function holdsAny(range: string, characters: readonly string[]): boolean {
  const spans = range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return characters.some((character) => {
    const code = character.codePointAt(0)!
    return spans.some(([from, to]) => code >= from && code <= to)
  })
}
