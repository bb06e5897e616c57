import { formatInteger, formatNumber } from '#core/format'
import type { EpisodeFigures } from '#core/episode/evaluateEpisodes'
import type { Formula, FormulaValue } from './formula.ts'

const rows = 'drawn'
const test = 'test/core/largeAction/trainTpgr.test.ts'

/** Of a training: what its policy earns on users that were held back. */
export const training = {
  episodeReward: {
    math: 'Σ answers / steps, mean over episodes,  ± se = sd / √episodes',
    rows,
    source: 'Chen et al., AAAI 2019, §5',
    test,
  },
  episodeHits: {
    math: 'P = hits / steps;  R = hits / relevant items;  F1 = 2 P R / (P + R)',
    rows,
    source: 'Chen et al., AAAI 2019, §5',
    test,
  },
  modelCtr: {
    math: 'Σ θᵣ a(Lᵣ) / (lists · k),  L = its own lists at the requests of its run',
    rows: 'models',
    source: 'docs/metrics.md',
    test: 'test/core/run/runExperiment.test.ts',
  },
  longestRun: {
    math: 'mean over episodes of the longest run of accepted items',
    rows,
    source: 'docs/metrics.md',
    test,
  },
  episodeItems: {
    math: '#{items shown};  G = Σᵢ (2i − n − 1) xᵢ / (n Σ xᵢ)',
    rows,
    source: 'Castells, Hurley & Vargas, Recommender Systems Handbook, 2015',
    test: 'test/core/metric/metrics.test.ts',
  },
} satisfies Record<string, Formula>

export const episodeTold = (found: EpisodeFigures): readonly FormulaValue[] => [
  ['episodes', formatInteger(found.episodes)],
  ['reward', formatNumber(found.raw, 4)],
  ['se', formatNumber(found.rawSe, 4)],
  ['P', formatNumber(found.precision, 4)],
  ['R', formatNumber(found.recall, 4)],
  ['F1', formatNumber(found.f1, 4)],
  ['run', formatNumber(found.longestRun, 2)],
  ['items', formatInteger(found.uniqueItems)],
  ['G', formatNumber(found.gini, 4)],
]
