// npm run study:validity [-- --seeds N]: what each generated world shows before it is trusted.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Estimate } from '#core/run/summary'
import { runValidity } from '#core/validity/runValidity'
import type { ValidityReport } from '#core/validity/validityReport'
import { ValiditySpec } from '#core/validity/validitySpec'

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '3' } } })
const worlds = [
  { kind: 'typedLatent', items: 1000, ratingsPerUser: 240 },
  { kind: 'lowRank', items: 2000 },
  { kind: 'news' },
  { kind: 'sessions' },
  { kind: 'itemToItem' },
] as const

/** What a world can not show, always printed with its panel. */
const notes = {
  ratings: '',
  typedLatent: 'No long-term effect: a list changes nothing but what is left to show.',
  lowRank: 'No long-term effect: a list changes nothing but what is left to show.',
  news: 'Its constants are choices; only the 4.1 h life and the constants of activeness are published.',
  sessions: 'What is shown never changes how long a user stays or what he looks at next.',
  itemToItem:
    'One item at a time and no users: nothing of lists, places or tastes. Its constants are choices.',
} as const satisfies Record<ValidityReport['world'], string>

const number = (value: number | null): string => (value === null ? '–' : value.toPrecision(3))
const interval = ({ value, low, high }: Estimate): string =>
  low === null || low === high
    ? number(value)
    : `${number(value)} (${number(low)} to ${number(high)})`

function section({ world, requests, seeds, anchors, checks, calibration }: ValidityReport): string {
  const isOfItems = world === 'itemToItem'
  const basis = isOfItems
    ? `At least ${requests} items per policy, in whole episodes`
    : `${requests} lists per policy`
  const unit = isOfItems ? 'share accepted' : 'clicks per item'
  const lines = [
    `## ${world}`,
    '',
    `${basis}; contrasts over ${seeds} paired seeds with 99 % intervals. ${notes[world]}`,
    '',
    ...(calibration
      ? [
          `Offset c = ${calibration.offset.toFixed(3)}; random lists get ${number(calibration.ctr)} by it.`,
          '',
        ]
      : []),
    `| policy alone | ${unit} (95 %) |`,
    '| --- | --- |',
    ...anchors.map(({ policy, ctr }) => `| ${policy} | ${interval(ctr)} |`),
    '',
    '| block | check | found | expected | verdict |',
    '| --- | --- | --- | --- | --- |',
    ...checks.map(
      ({ block, id, estimate, expected, verdict }) =>
        `| ${block} | ${id} | ${interval(estimate)} | ${expected === null ? '' : number(expected)} | ${verdict} |`,
    ),
    '',
  ]
  return lines.join('\n')
}

const sections: string[] = []
for (const environment of worlds) {
  const spec = ValiditySpec.parse({ environment, seeds: Number(values.seeds), requests: 1000 })
  const input = { spec, seed: 1, data: { ratings: null }, checkpoint: null }
  for await (const step of runValidity(input)) {
    if (step.type === 'finished') sections.push(section(step.report))
  }
  console.log(sections.at(-1))
}
const head =
  '# Validity of the generated worlds\n\nWritten by `npm run study:validity`. Every policy serves a world of its own from the same seed.\n'
writeFileSync(
  fileURLToPath(new URL('../../docs/study-validity.md', import.meta.url)),
  [head, ...sections].join('\n'),
)
