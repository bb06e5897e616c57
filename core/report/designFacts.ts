import type { RunDetail } from '../contract/runs.ts'
import { formatInteger, formatPercentSetting, formatSetting } from '../format.ts'
import { agentFormula, explorerFormula } from '../learnerFormula.ts'
import { sideArms } from '../run/summary.ts'
import type { Fact } from './document.ts'
import type { ReportWords } from './words/words.ts'

/** The settings that say what was compared, and how; the whole spec stands at the end of a report. */
export function designFacts(run: RunDetail, words: ReportWords): Fact[] {
  const { spec } = run
  const { agent, analysis, explorer, interleaver, traffic } = spec
  const { design, facts } = words
  const fact = (id: keyof typeof facts, value: string): Fact => ({ id, label: facts[id], value })
  const contest = spec.design !== 'explore'
  const names = spec.rankers.map((_, side) => words.arms[sideArms[side]!])
  return [
    contest
      ? fact('rankers', names.join(words.comma))
      : explorer.kind === 'dbgd'
        ? fact('alpha', design.alpha(formatSetting(explorer.alpha), explorer.perturbScope))
        : fact('explore', explorerFormula(explorer)),
    ...(spec.design === 'split'
      ? []
      : [
          fact('interleaving', design.interleaving(interleaver, formatInteger(traffic.listLength))),
        ]),
    fact(
      'current',
      agent.kind === 'drn'
        ? design.current(formatInteger(agent.hidden), formatSetting(agent.gamma))
        : agentFormula(agent),
    ),
    fact('world', world(run, words)),
    ...(!contest && explorer.kind === 'dbgd'
      ? [fact('explore', explorer.exchangeable ? design.exploreExchangeable : design.explore)]
      : []),
    fact(
      'traffic',
      design.traffic(
        formatInteger(traffic.users),
        formatSetting(traffic.impressionsPerUser),
        formatInteger(traffic.poolSize),
      ),
    ),
    ...(!contest && 'minorRule' in explorer
      ? [fact('minorRule', design.minorRule[explorer.minorRule](formatSetting(explorer.eta)))]
      : []),
    fact('clicks', design.clicks(spec.click)),
    fact('duel', design.duel(formatInteger(explorer.duelImpressions))),
    fact('engine', design.engine(words.engines[analysis.engine] ?? analysis.engine)),
    fact(
      'majorUpdate',
      agent.majorEveryDuels === 0
        ? design.noMajorUpdate
        : design.majorUpdate(
            formatInteger(agent.majorEveryDuels),
            'majorSteps' in agent ? formatInteger(agent.majorSteps) : '1',
          ),
    ),
    fact(
      'errorRate',
      analysis.equivalence > 0
        ? design.errorRate(
            formatPercentSetting(analysis.errorRate),
            formatSetting(analysis.equivalence),
          )
        : design.errorRateOnly(formatPercentSetting(analysis.errorRate)),
    ),
    ...(run.parent === null ? [] : [fact('parent', design.parent(formatInteger(run.parent)))]),
  ]
}

function world({ spec, dataset }: RunDetail, words: ReportWords): string {
  const { environment } = spec
  const { design } = words
  switch (environment.kind) {
    case 'typedLatent':
      return design.typedLatent(
        formatInteger(environment.users),
        formatInteger(environment.items),
        formatInteger(environment.types),
      )
    case 'lowRank':
      return design.lowRank(formatInteger(environment.users), formatInteger(environment.items))
    case 'news':
      return design.news(
        formatInteger(environment.users),
        formatSetting(environment.days),
        formatSetting(environment.newsPerHour),
      )
    case 'sessions':
      return design.sessions(formatInteger(environment.users), formatInteger(environment.products))
    case 'ratings':
    case 'impressions':
    case 'queries':
    case 'bandit':
      return dataset
        ? design[environment.kind](
            environment.dataset,
            formatInteger(dataset.users),
            formatInteger(dataset.items),
            formatInteger(dataset.rows),
          )
        : design.ratingsUnknown(environment.dataset)
  }
}
