import { returnRate } from '../run/returnRate.ts'
import { formatInteger } from '../format.ts'
import { guardrailLimit } from '../guardrailSentences.ts'
import { sideArms, type Estimate, type RunSummary } from '../run/summary.ts'
import type { Quantity } from './document.ts'
import type { RunInput } from './reportInput.ts'
import { guardrailWords } from './words/guardrails.ts'
import { reportWords } from './words/index.ts'
import type { ReportWords } from './words/words.ts'

/** A number that has no interval. */
export const bare = (value: number | null, n: number): Estimate => ({
  value,
  low: null,
  high: null,
  n,
})

/** Δ by every engine, the evidence, and what exploring cost; of a split no duel's figures, as it has none. */
export function resultQuantities(
  input: RunInput,
  summary: RunSummary,
  words: ReportWords,
): Quantity[] {
  const { analysis } = input.run.spec
  const { quantities, units } = words
  const joined = (id: string) => `${quantities.delta}${words.comma}${words.engines[id] ?? id}`
  const ofUsers = {
    unit: units.preference,
    digits: 3,
    nUnit: units.users,
    note: '',
    decides: false,
  }
  const ofRun = { digits: 3, note: '', decides: false }
  const { signTest: votes } = summary
  const needed = words.eValueNeeded(formatInteger(1 / analysis.errorRate))
  const deltaImpression = {
    id: 'deltaImpression',
    label: quantities.deltaImpression,
    estimate: summary.deltaImpression,
    ...ofUsers,
  }
  const signTest = {
    id: 'signTest',
    label: quantities.signTest,
    estimate: bare(votes.p, votes.winsA + votes.winsB),
    unit: units.p,
    digits: 3,
    nUnit: units.users,
    note: words.signTestNote(formatInteger(votes.winsA), formatInteger(votes.winsB)),
    decides: false,
  }
  const designEffect = {
    id: 'designEffect',
    label: quantities.designEffect,
    estimate: bare(summary.designEffect, summary.deltaImpression.n),
    unit: units.ratio,
    nUnit: units.users,
    ...ofRun,
    digits: 2,
  }
  const isSplit = input.run.spec.design === 'split'
  return [
    {
      id: 'delta',
      label: joined(analysis.engine),
      estimate: summary.delta,
      ...ofUsers,
      decides: true,
    },
    ...summary.otherEngines.map(({ id, estimate }) => ({
      id: `delta.${id}`,
      label: joined(id),
      estimate,
      ...ofUsers,
    })),
    ...challengerQuantities(summary, words, ofUsers),
    ...(isSplit ? [] : [deltaImpression]),
    {
      id: 'eValue',
      label: quantities.eValue,
      estimate: bare(eValue(summary.logE), summary.delta.n),
      unit: units.eValue,
      digits: 2,
      nUnit: units.users,
      note: needed,
      decides: false,
    },
    ...(isSplit ? [] : [signTest, designEffect]),
    {
      id: 'explorationCost',
      label: quantities.explorationCost,
      estimate: summary.explorationCost,
      unit: units.clicks,
      nUnit: units.users,
      ...ofRun,
      digits: 1,
    },
  ]
}

/** Δ of the further challengers, and in a split each arm's own clicks per list. */
function challengerQuantities(
  { contest }: RunSummary,
  words: ReportWords,
  look: Pick<Quantity, 'unit' | 'digits' | 'nUnit' | 'note' | 'decides'>,
): Quantity[] {
  if (!contest) return []
  const name = (side: number) => words.arms[sideArms[side]!] ?? String(side)
  return [
    ...contest.challengers.slice(1).map(({ side, delta }) => ({
      id: `delta.${sideArms[side]!}`,
      label: `${words.quantities.delta}${words.comma}${name(0)} : ${name(side)}`,
      estimate: delta,
      ...look,
      decides: true,
    })),
    ...(contest.clicksPerList ?? []).map((estimate, side) => ({
      id: `clicksPerList.${sideArms[side]!}`,
      label: `${name(side)}${words.comma}${look.unit}`,
      estimate,
      ...look,
    })),
  ]
}

/** e^logE, capped where a double ends; null when it is not estimable. */
const eValue = (logE: number | null): number | null =>
  logE === null ? null : Math.min(Number.MAX_VALUE, Math.exp(logE))

/** What must not get worse, with its limit and whether it holds. */
export function guardrailQuantities(
  { language }: RunInput,
  { guardrails = [] }: RunSummary,
): Quantity[] {
  const say = guardrailWords[language]
  return guardrails.map((guardrail) => {
    const { id, estimate, state } = guardrail
    const isShare = id === 'ctrFloor'
    return {
      id: `guardrail.${id}`,
      // beside the label: some formats write an interval in the place of a note
      label: `${say.names[id]} (${say.floor(guardrailLimit(guardrail))}, ${say.states[state]})`,
      estimate,
      unit: isShare ? say.share : reportWords[language].units.items,
      digits: isShare ? 3 : 1,
      nUnit: isShare ? reportWords[language].units.users : say.shownItems,
      note: '',
      decides: false,
    }
  })
}

/** Expected clicks, nDCG and precision of every policy on the run's requests. */
export function armQuantities(summary: RunSummary, words: ReportWords): Quantity[] {
  const { units, quantities } = words
  const look = { digits: 3, nUnit: units.users, note: '', decides: false }
  const ctr = summary.arms.map(({ id, ctr }) => ({
    id: `ctr.${id}`,
    label: words.arms[id] ?? id,
    estimate: ctr,
    unit: units.ctr,
    ...look,
  }))
  const relevance = summary.arms.flatMap(({ id, ndcg, precision }) => {
    const ofArm = (name: string) => (id === 'q' ? name : `${name} · ${words.arms[id] ?? id}`)
    return [
      ...(ndcg
        ? [
            {
              id: `ndcg.${id}`,
              label: ofArm(quantities.ndcg),
              estimate: ndcg,
              unit: 'nDCG',
              ...look,
            },
          ]
        : []),
      ...(precision
        ? [
            {
              id: `precision.${id}`,
              label: ofArm(quantities.precision),
              estimate: precision,
              unit: units.share,
              ...look,
            },
          ]
        : []),
    ]
  })
  return [...ctr, ...relevance]
}

/** What the updates did to the network, and the lists to the catalogue. */
export function policyQuantities(summary: RunSummary, words: ReportWords): Quantity[] {
  const { quantities, units } = words
  const { updates, impressions } = summary
  const duels = updates.won + updates.lost + updates.tied + updates.void
  const count = (id: keyof typeof quantities, value: number) => ({
    id,
    label: quantities[id],
    estimate: bare(value, duels),
    unit: units.count,
    digits: 0,
    nUnit: units.updateDuels,
    note: '',
    decides: false,
  })
  const measure = (
    id: keyof typeof quantities,
    value: number | null,
    unit: string,
    digits: number,
  ) => ({
    id,
    label: quantities[id],
    estimate: bare(value, impressions),
    unit,
    digits,
    nUnit: units.impressions,
    note: '',
    decides: false,
  })
  return [
    ...(summary.contest
      ? []
      : [
          count('updatesWon', updates.won),
          count('updatesLost', updates.lost),
          count('updatesTied', updates.tied),
          count('updatesVoid', updates.void),
        ]),
    count('updatesMajor', updates.major),
    ...(summary.contest ? [] : [count('updatesGuard', updates.guard)]),
    measure('normRatio', summary.normRatio, units.ratio, 3),
    measure('overlap', summary.meanOverlap, units.share, 3),
    measure('effectiveItems', summary.effectiveItems, units.items, 1),
    ...behaviourMeasures(summary, words),
  ]
}

/** Returns, activeness, likeness and age of what was clicked; rows without a number are left out. */
function behaviourMeasures(
  { behaviour, learning }: RunSummary,
  { quantities, units }: ReportWords,
) {
  if (!behaviour) return []
  const returns = returnRate(behaviour.returnsPerDay)
  const row = (
    id: keyof typeof quantities,
    estimate: Estimate,
    unit: string,
    digits: number,
    nUnit = units.users,
  ) => ({ id, label: quantities[id], estimate, unit, digits, nUnit, note: '', decides: false })
  return [
    returns.unit === 'hour'
      ? row('returnsPerHour', returns.estimate, units.perHour, 2)
      : row('returnsPerDay', returns.estimate, units.perDay, 2),
    row('activeness', behaviour.activeness, units.share, 3),
    row('clickedSimilarity', behaviour.clickedSimilarity, units.cosine, 3),
    ...(behaviour.clickAgeHours.value === null
      ? []
      : [row('clickAge', behaviour.clickAgeHours, units.hours, 2)]),
    ...(learning
      ? [
          row(
            'dropped',
            bare(learning.dropped, learning.dropped),
            units.count,
            0,
            units.impressions,
          ),
        ]
      : []),
  ]
}
