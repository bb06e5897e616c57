import { inflateSync } from 'node:zlib'

/** What a page of a PDF shows: its text in the order of drawing, and the colours of its shapes. */
export interface PdfPage {
  readonly text: string
  /** Colour of every path that is filled or stroked, as `r g b` in 0 … 255. */
  readonly paths: readonly string[]
  /** Pictures that are no paths. */
  readonly images: number
}

/**
 * Reads a PDF as Chromium's writer makes it (plain objects, Flate streams, fonts with a ToUnicode map);
 * no reader for anyone else's files.
 */
export function pdfPages(pdf: Uint8Array): readonly PdfPage[] {
  const objects = readObjects(Buffer.from(pdf).toString('latin1'))
  const streamOf = (ref: number): string => objects.get(ref)?.stream ?? ''
  const ref = (dictionary: string, key: string): number =>
    Number(new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1] ?? 0)
  const fonts = new Map<string, ReadonlyMap<number, string>>()
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head))
  return pages.map(({ head }) => {
    const local = objects.get(ref(head, 'Resources'))?.head ?? head
    for (const [, name, font] of local.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = ref(objects.get(Number(font))?.head ?? '', 'ToUnicode')
      fonts.set(name!, unicodeMap(streamOf(map)))
    }
    return drawn(streamOf(ref(head, 'Contents')), fonts)
  })
}

function readObjects(file: string) {
  const found = new Map<number, { readonly head: string; readonly stream: string }>()
  for (const match of file.matchAll(/(?:^|\n)(\d+) 0 obj\n?([^]*?)\nendobj/g)) {
    const [, id, body = ''] = match
    const at = body.indexOf('stream\n')
    const head = at < 0 ? body : body.slice(0, at)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const raw = at < 0 ? '' : body.slice(at + 7, at + 7 + length)
    const stream = head.includes('/FlateDecode')
      ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1')
      : raw
    found.set(Number(id), { head, stream })
  }
  return found
}

/** Glyph → characters, from the `bfchar` and `bfrange` lines of a CMap. */
function unicodeMap(cmap: string): ReadonlyMap<number, string> {
  const map = new Map<number, string>()
  const words = (hex: string) =>
    String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((word) => parseInt(word, 16)))
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
    for (const [, from, to] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) {
      map.set(parseInt(from!, 16), words(to!))
    }
  }
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from, last, to] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const first = parseInt(from!, 16)
      for (let glyph = first; glyph <= parseInt(last!, 16); glyph++) {
        map.set(glyph, String.fromCharCode(parseInt(to!, 16) + glyph - first))
      }
    }
  }
  return map
}

/** Runs the operators of a content stream as far as text and paths need. */
function drawn(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): PdfPage {
  let text = ''
  let images = 0
  let font: ReadonlyMap<number, string> | undefined
  const paths: string[] = []
  const colours = { fill: '0 0 0', stroke: '0 0 0' }
  const saved: { fill: string; stroke: string }[] = []
  const written = (hex: string) =>
    (hex.match(/.{4}/g) ?? []).map((glyph) => font?.get(parseInt(glyph, 16)) ?? '').join('')
  const colour = (rgb: readonly string[]) =>
    rgb.map((part) => Math.round(255 * Number(part))).join(' ')
  let operands: string[] = []
  for (const [token] of stream.matchAll(/<[0-9A-Fa-f]*>|\[[^\]]*\]|\/[\w.]+|[^\s<>[\]/]+/g)) {
    if (/^[<[/]|^[-+.\d]/.test(token)) {
      operands.push(token)
      continue
    }
    if (token === 'Tf') font = fonts.get(operands[0]!.slice(1))
    else if (token === 'Tj' || token === 'TJ') {
      for (const [, hex] of operands[0]!.matchAll(/<(\w*)>/g)) text += written(hex!)
    } else if (token === 'ET') text += '\n'
    else if (token === 'rg') colours.fill = colour(operands)
    else if (token === 'RG') colours.stroke = colour(operands)
    else if (token === 'q') saved.push({ ...colours })
    else if (token === 'Q') Object.assign(colours, saved.pop())
    else if (/^f\*?$/.test(token)) paths.push(colours.fill)
    else if (/^[sS]$/.test(token)) paths.push(colours.stroke)
    else if (token === 'Do') images++
    operands = []
  }
  return { text, paths, images }
}
