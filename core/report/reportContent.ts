import { z } from 'zod'
import { languages } from '../languages.ts'

export const papers = ['A4', 'Letter'] as const
export type Paper = (typeof papers)[number]

/** A name within one report, given by the page: letters, digits and hyphens. */
const Key = z.string().regex(/^[\w-]{1,40}$/, 'a key of letters, digits and hyphens')

/** What a report is about; its number is null where this workspace does not have it. */
export const ReportSource = z.strictObject({
  key: Key,
  kind: z.enum(['run', 'study']),
  id: z.int().min(1).nullable(),
})
export type ReportSource = z.output<typeof ReportSource>

const ofSource = { id: Key, source: Key }

/** A piece of a report. Parts of a source are named as its standard report names them. */
export const ReportBlock = z.discriminatedUnion('kind', [
  /** In the Markdown subset of `readProse`, for each language; one stands in for the other. */
  z.strictObject({
    kind: z.literal('text'),
    id: Key,
    text: z.partialRecord(z.enum(languages), z.string().max(20_000)),
  }),
  z.strictObject({ kind: z.literal('verdict'), ...ofSource }),
  z.strictObject({ kind: z.literal('chart'), ...ofSource, part: z.string().max(40) }),
  z.strictObject({ kind: z.literal('section'), ...ofSource, part: z.string().max(40) }),
  /** All runs of the report beside each other. */
  z.strictObject({ kind: z.literal('comparison'), id: Key }),
])
export type ReportBlock = z.output<typeof ReportBlock>

/** What an editor makes and a workspace stores: everything of a report but its numbers. */
export const ReportContent = z
  .strictObject({
    title: z.string().trim().min(1).max(200),
    languages: z.array(z.enum(languages)).min(1).max(languages.length),
    paper: z.enum(papers),
    sources: z.array(ReportSource).max(50),
    blocks: z.array(ReportBlock).max(300),
  })
  .superRefine(({ languages: chosen, sources, blocks }, context) => {
    const twice = (path: string, keys: readonly string[]) => {
      const key = keys.find((one, i) => keys.indexOf(one) !== i)
      if (key === undefined) return
      context.addIssue({ code: 'custom', path: [path], message: `"${key}" is there twice` })
    }
    twice('languages', chosen)
    twice(
      'sources',
      sources.map(({ key }) => key),
    )
    twice(
      'blocks',
      blocks.map(({ id }) => id),
    )
    blocks.forEach((block, i) => {
      if (!('source' in block) || sources.some(({ key }) => key === block.source)) return
      const message = `the report has no source "${block.source}"`
      context.addIssue({ code: 'custom', path: ['blocks', i, 'source'], message })
    })
  })
export type ReportContent = z.output<typeof ReportContent>
