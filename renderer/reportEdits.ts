import type { ReportBlock, ReportContent } from '#core/report/reportContent'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
export type NewBlock = WithoutId<ReportBlock>

/** The block at one place goes to another; places outside of the list mean its ends. */
export function moveBlock(content: ReportContent, from: number, to: number): ReportContent {
  const blocks = [...content.blocks]
  const [block] = blocks.splice(from, 1)
  if (!block) return content
  blocks.splice(Math.max(0, Math.min(blocks.length, to)), 0, block)
  return { ...content, blocks }
}

export const removeBlock = (content: ReportContent, id: string): ReportContent => ({
  ...content,
  blocks: content.blocks.filter((block) => block.id !== id),
})

/** Puts a new block behind another, or at the end. @returns the content and the new block's id */
export function addBlock(
  content: ReportContent,
  block: NewBlock,
  behind: string | null,
): { readonly content: ReportContent; readonly id: string } {
  const last = Math.max(0, ...content.blocks.map(({ id }) => Number(id.slice(1)) || 0))
  const id = `b${last + 1}`
  const at = content.blocks.findIndex((one) => one.id === behind)
  const blocks = [...content.blocks]
  blocks.splice(at < 0 ? blocks.length : at + 1, 0, { ...block, id })
  return { content: { ...content, blocks }, id }
}

export const changeText = (
  content: ReportContent,
  id: string,
  language: ReportContent['languages'][number],
  text: string,
): ReportContent => ({
  ...content,
  blocks: content.blocks.map((block) =>
    block.id === id && block.kind === 'text'
      ? { ...block, text: { ...block.text, [language]: text } }
      : block,
  ),
})

/** A source leaves with everything that quotes it. */
export const removeSource = (content: ReportContent, key: string): ReportContent => ({
  ...content,
  sources: content.sources.filter((source) => source.key !== key),
  blocks: content.blocks.filter((block) => !('source' in block) || block.source !== key),
})
