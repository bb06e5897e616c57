import { join } from 'node:path'
import { projectRoot } from '../projectRoot.ts'
import { dataFace } from './dataFace.ts'

/**
 * `@font-face` rules of the letters with a tilde, as data. Most faces draw Q̃ by a glyph that stands for
 * no character, which a PDF's text then loses; this one sets the tilde's own glyph above the letter.
 */
export async function tildeFaces(): Promise<string> {
  const folder = join(projectRoot, 'renderer', 'styles', 'fonts')
  const faces = [400, 600].map((weight) =>
    dataFace('Tilde', weight, join(folder, `tilde-${weight}.woff2`)),
  )
  return (await Promise.all(faces)).join('\n')
}
