import type { DbgdParams } from '#core/explorer/params'
import type { RunState } from '../../contract/runs.ts'
import type { ArmId, HealthCheck, HealthCheckId, SideArm } from '../../run/summary.ts'
import type { ExperimentSpec } from '../../experimentSpec.ts'

/** Every word of a report in one language. Numbers come formatted. */
export interface ReportWords {
  readonly report: string
  readonly hash: (of: string) => string // at the foot of every page
  readonly run: (id: number) => string
  readonly comma: string // between two words
  readonly semicolon: string // between clauses
  readonly stop: string // between sentences
  readonly sections: Readonly<
    Record<'design' | 'result' | 'health' | 'arms' | 'policy' | 'methods' | 'reproduce', string>
  >
  readonly columns: Readonly<
    Record<
      | 'quantity'
      | 'value'
      | 'n'
      | 'check'
      | 'limit'
      | 'state'
      | 'setting'
      | 'outcome'
      | 'count'
      | 'share',
      string
    >
  >
  readonly noResult: { readonly headline: string; readonly second: string }
  readonly unfinished: (state: RunState, done: string, total: string) => string
  readonly exchangeable: string
  readonly facts: Readonly<
    Record<
      | 'alpha'
      | 'rankers'
      | 'current'
      | 'explore'
      | 'minorRule'
      | 'duel'
      | 'majorUpdate'
      | 'interleaving'
      | 'traffic'
      | 'world'
      | 'clicks'
      | 'engine'
      | 'errorRate'
      | 'parent'
      | 'appVersion'
      | 'engineVersion'
      | 'backend'
      | 'dataset'
      | 'specHash'
      | 'seed'
      | 'digest'
      | 'created',
      string
    >
  >
  readonly design: DesignWords
  readonly engines: Readonly<Record<string, string>>
  readonly intervalOf: (level: string) => string
  readonly decides: string
  readonly quantities: Readonly<
    Record<
      | 'delta'
      | 'deltaImpression'
      | 'eValue'
      | 'signTest'
      | 'designEffect'
      | 'explorationCost'
      | 'overlap'
      | 'identical'
      | 'updatesWon'
      | 'updatesLost'
      | 'updatesTied'
      | 'updatesVoid'
      | 'updatesMajor'
      | 'updatesGuard'
      | 'returnsPerDay'
      | 'returnsPerHour'
      | 'activeness'
      | 'clickedSimilarity'
      | 'clickAge'
      | 'dropped'
      | 'normRatio'
      | 'effectiveItems'
      | 'ndcg'
      | 'precision',
      string
    >
  >
  readonly units: Readonly<
    Record<
      | 'users'
      | 'impressions'
      | 'updateDuels'
      | 'clicks'
      | 'preference'
      | 'ctr'
      | 'ratio'
      | 'items'
      | 'p'
      | 'share'
      | 'count'
      | 'perDay'
      | 'perHour'
      | 'cosine'
      | 'hours'
      | 'eValue',
      string
    >
  >
  readonly eValueNeeded: (needed: string) => string
  readonly signTestNote: (a: string, b: string) => string
  readonly outcomes: Readonly<Record<'a' | 'b' | 'tie' | 'noVote', string>>
  readonly identicalNote: (count: string) => string
  readonly checks: Readonly<Record<HealthCheckId, string>>
  readonly levels: Readonly<Record<HealthCheck['level'], string>>
  readonly atLeast: (limit: string) => string
  readonly atMost: (limit: string) => string
  /** The arms of a contest's further sides are named by `wordsFor`. */
  readonly arms: Readonly<Record<ArmId, string> & Partial<Record<SideArm, string>>>
  readonly interleavers: Readonly<Record<ExperimentSpec['interleaver']['kind'], string>>
  readonly armsIntro: string
  readonly figures: FigureWords
  readonly methods: (plan: MethodFacts) => readonly string[]
  readonly reproduceIntro: string
  readonly commandTitle: string
  readonly specTitle: string
  readonly tableTitle: string // of the numbers behind a chart
}

interface DesignWords {
  readonly alpha: (value: string, perturb: DbgdParams['perturbScope']) => string
  readonly current: (hidden: string, gamma: string) => string
  readonly explore: string
  readonly exploreExchangeable: string
  readonly minorRule: Readonly<Record<DbgdParams['minorRule'], (eta: string) => string>>
  readonly duel: (impressions: string) => string
  readonly majorUpdate: (duels: string, steps: string) => string
  readonly noMajorUpdate: string
  readonly interleaving: (spec: ExperimentSpec['interleaver'], k: string) => string
  readonly traffic: (users: string, impressions: string, pool: string) => string
  readonly ratings: (name: string, users: string, items: string, rows: string) => string
  readonly impressions: (name: string, users: string, items: string, rows: string) => string
  readonly queries: (name: string, users: string, items: string, rows: string) => string
  readonly bandit: (name: string, users: string, items: string, rows: string) => string
  readonly ratingsUnknown: (name: string) => string
  readonly typedLatent: (users: string, items: string, types: string) => string
  readonly lowRank: (users: string, items: string) => string
  readonly news: (users: string, days: string, perHour: string) => string
  readonly sessions: (users: string, products: string) => string
  readonly clicks: (spec: ExperimentSpec['click']) => string
  readonly engine: (engine: string) => string
  readonly errorRate: (rate: string, region: string) => string
  readonly errorRateOnly: (rate: string) => string
  readonly parent: (experiment: string) => string
}

interface FigureWords {
  readonly forest: string
  readonly forestCaption: (level: string, region: string | null) => string
  readonly otherEngines: string
  readonly locked: string
  readonly sequence: string
  readonly sequenceSummary: (users: string, interval: string, anytime: boolean) => string
  readonly sequenceEmpty: string
  readonly decidedAt: (users: string) => string
  readonly outcomes: string
  readonly outcomesSummary: (parts: string) => string
  readonly curves: string
  readonly curvesSummary: (parts: string, impressions: string) => string
  readonly curvesEmpty: string
}

interface MethodFacts {
  readonly engine: ExperimentSpec['analysis']['engine']
  readonly errorRate: string
  readonly needed: string // e-value that decides
  readonly equivalence: string | null
  readonly correction: string // of the family of challengers
  readonly interleaver: ExperimentSpec['interleaver']['kind']
  readonly k: string
  readonly historyShare: string | null // of a world of ratings
}
