import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../projectRoot.ts'

const WEIGHTS = [400, 600] as const

/**
 * `@font-face` rules of the letters with a tilde, as data. Most faces draw Q̃ by a glyph that stands for
 * no character, which a PDF's text then loses; this one sets the tilde's own glyph above the letter.
 */
export async function tildeFaces(): Promise<string> {
  const faces = WEIGHTS.map(async (weight) => {
    const file = join(projectRoot, 'renderer', 'styles', 'fonts', `tilde-${weight}.woff2`)
    const font = (await readFile(file)).toString('base64')
    return `@font-face{font-family:"Tilde";font-weight:${weight};src:url(data:font/woff2;base64,${font}) format("woff2")}`
  })
  return (await Promise.all(faces)).join('\n')
}
