import { formatInteger, formatP, formatPercentSetting } from '../format.ts'
import type { Language } from '../languages.ts'
import type { UserSegments } from '../run/userSegments.ts'
import { correctionNames } from '../stats/correction.ts'
import type { Quantity, Section } from './document.ts'
import { segmentWords } from './words/segments.ts'
import type { ReportWords } from './words/words.ts'

/** Δ of each segment, alone and with all of them covered at once. */
export function segmentSection(
  { rows, family }: UserSegments,
  { units }: ReportWords,
  language: Language,
): Section {
  const say = segmentWords[language]
  const size = formatInteger(family.size)
  const each = formatPercentSetting(Number((family.errorRate / family.size).toPrecision(2)))
  const rate = formatPercentSetting(family.errorRate)
  const look = {
    unit: units.preference,
    digits: 3,
    nUnit: units.users,
    note: '',
    decides: false,
  }
  const quantities = rows.flatMap(
    ({ id, limits, delta, simultaneous, p, adjusted, rejected }): Quantity[] => {
      const name = say.name(id, formatInteger(limits[0]), formatInteger(limits[1]))
      const found = say.found(formatP(p), formatP(adjusted), rejected)
      return [
        // beside the label: some formats write an interval in the place of a note
        { id: `segment.${id}`, label: `${name} (${found})`, estimate: delta, ...look },
        {
          id: `segment.${id}.together`,
          label: `${name} (${say.together(size)})`,
          estimate: simultaneous,
          ...look,
        },
      ]
    },
  )
  return {
    id: 'segments',
    title: say.title,
    blocks: [
      { kind: 'text', text: say.intro(size, correctionNames[family.method], rate, each) },
      { kind: 'quantities', quantities },
    ],
  }
}
