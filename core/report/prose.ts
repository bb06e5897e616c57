/** A run of characters in one style. */
export interface Inline {
  readonly style: 'plain' | 'strong' | 'emphasis' | 'code'
  readonly text: string
}

/** A piece of running text. Level 1 is the title of a section. */
export type Prose =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly text: readonly Inline[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly items: readonly (readonly Inline[])[]
    }

const HEADING = /^(#{1,6})\s+(.*)$/
const BULLET = /^\s*[-*+]\s+(.*)$/
const NUMBER = /^\s*\d+[.)]\s+(.*)$/

/**
 * Reads a small part of Markdown: `#` titles, paragraphs, flat lists, **strong**, *emphasis* and
 * `code`. Whatever else Markdown or HTML knows stays the characters that were typed.
 */
export function readProse(text: string): readonly Prose[] {
  const found: Prose[] = []
  let lines: string[] = []
  const endParagraph = () => {
    if (lines.length > 0) found.push({ kind: 'paragraph', text: readInline(lines.join(' ')) })
    lines = []
  }
  for (const line of text.split(/\r?\n/)) {
    const [, marks, title] = HEADING.exec(line) ?? []
    const bullet = BULLET.exec(line)?.[1]
    const item = bullet ?? NUMBER.exec(line)?.[1]
    if (marks !== undefined) {
      endParagraph()
      const level = marks.length === 1 ? 1 : 2
      found.push({ kind: 'heading', level, text: readInline(title!) })
    } else if (item !== undefined) {
      endParagraph()
      const ordered = bullet === undefined
      const last = found.at(-1)
      const grows = last?.kind === 'list' && last.ordered === ordered
      const items = [...(grows ? last.items : []), readInline(item)]
      if (grows) found.pop()
      found.push({ kind: 'list', ordered, items })
    } else if (line.trim() === '') {
      endParagraph()
    } else {
      lines.push(line.trim())
    }
  }
  endParagraph()
  return found
}

const INLINE = /`([^`]+)`|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:[^*]*\S)?)\*/g

function readInline(text: string): readonly Inline[] {
  const found: Inline[] = []
  const add = (style: Inline['style'], piece: string) => {
    if (piece !== '') found.push({ style, text: piece })
  }
  let at = 0
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, emphasis = ''] = match
    add('plain', text.slice(at, match.index))
    if (code !== undefined) add('code', code)
    else if (strong !== undefined) add('strong', strong)
    else add('emphasis', emphasis)
    at = match.index + whole.length
  }
  add('plain', text.slice(at))
  return found
}

/** Without any style, for a cell of a table. */
export const plainInline = (pieces: readonly Inline[]): string =>
  pieces.map(({ text }) => text).join('')

export function plainProse(prose: readonly Prose[]): string {
  return prose
    .map((piece) =>
      piece.kind === 'list'
        ? piece.items.map((item) => `- ${plainInline(item)}`).join('\n')
        : plainInline(piece.text),
    )
    .join('\n')
}
