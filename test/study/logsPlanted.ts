import { readerOf, type InterleavingLog } from '#core/dataset/kinds/interleaving'
import { analyseLog } from '#core/logAnalysis/analyseLog'
import { LogPlan } from '#core/logAnalysis/logPlan'
import { ReplaySpec } from '#core/ope/replaySpec'
import { runReplay } from '#core/ope/runReplay'
import { streams } from '#core/random/philox'
import { lnBinomialPmf } from '#core/stats/binomial'
import type { HealthLevel } from '#core/stats/healthLevel'
import { sampleRatioTest } from '#core/stats/sampleRatio'
import { finished } from '../support/finished.ts'
import { pickLists } from '../support/pickLists.ts'
import { loggingShare, syntheticBandit } from '../support/syntheticBandit.ts'
import { syntheticLog } from '../support/syntheticLog.ts'

/** How often a check spoke of logs with a planted fault, and of the same logs without it. */
export interface Planted {
  readonly fault: string
  readonly check: string
  readonly repetitions: number
  readonly found: number // level warn or block
  readonly blocked: number
  readonly falseAlarms: number
  readonly falseBlocks: number
  /** Power that the test has against this fault by theory, of warning at least; null where it counts. */
  readonly power: number | null
}

type Levels = Readonly<Record<string, HealthLevel>>

const users = 400
const length = 5
const lists = 6

/** Each fault, what it does to a sound log of this seed, and the check that has to find it. */
const faults: readonly {
  readonly fault: string
  readonly check: string
  readonly power?: number
  readonly levels: (seed: number, isPlanted: boolean) => Promise<Levels>
}[] = [
  {
    fault: 'the teams of 2 % of the lists are swapped',
    check: 'teamMismatch',
    levels: (seed, isPlanted) =>
      levelsOf(seed, isPlanted, (log) => ({
        ...log,
        team: log.team!.map((side, row) => (Math.floor(row / length) % 50 === 0 ? 1 - side : side)),
      })),
  },
  {
    fault: 'one user of 400 is a program that opens everything, 24 times',
    check: 'automaticUsers',
    levels: (seed, isPlanted) =>
      levelsOf(seed, isPlanted, (log) => {
        const user = log.user.map((u, i) => (i < 24 ? 0 : u))
        return {
          ...log,
          user,
          click: log.click.map((click, row) => (user[Math.floor(row / length)] === 0 ? 1 : click)),
        }
      }),
  },
  ...(['firstListLead', 'firstPickFairness'] as const).map((check) => ({
    fault: 'a third of the lists that B led are lost',
    check,
    levels: (seed: number, isPlanted: boolean) =>
      levelsOf(seed, isPlanted, (log) =>
        pickLists(
          log,
          everyList(log).filter((i) => log.team![i * length] === 0 || i % 3 !== seed % 3),
        ),
      ),
    // every third list of a user may be lost, so that a third of the users lose their first one
    ...(check === 'firstListLead' ? { power: ratioPower(users, 1 / 2 + 1 / 12) } : {}),
  })),
  ...[3, 2].map((every) => ({
    fault: `a split of ${users} users has lost one in ${every} of B’s`,
    check: 'sampleRatio',
    power: ratioPower(Math.round(users * (1 - 1 / (2 * every))), every / (2 * every - 1)),
    levels: (seed: number, isPlanted: boolean) =>
      levelsOf(
        seed,
        isPlanted,
        (log) =>
          pickLists(
            log,
            everyList(log).filter(
              (i) => log.team![i * length] === 0 || log.user[i]! % every !== seed % every,
            ),
          ),
        true,
      ),
  })),
  {
    fault: 'a tenth of the lists are delivered twice',
    check: 'repeatedLists',
    levels: (seed, isPlanted) =>
      levelsOf(seed, isPlanted, (log) =>
        pickLists(
          log,
          Array.from({ length: log.impressions }, (_, i) => (i % 10 === 0 ? [i, i] : [i])).flat(),
        ),
      ),
  },
  {
    fault: 'the propensity of one action of four is logged as 0.2 instead of 0.1',
    check: 'propensity',
    async levels(seed, isPlanted) {
      const log = syntheticBandit(2000, seed)
      const last = loggingShare.length - 1
      const propensity = log.propensity.map((p, i) =>
        isPlanted && log.action[i] === last ? 2 * p : p,
      )
      const spec = ReplaySpec.parse({ dataset: 'log', rewardModel: 'none', replicates: 100 })
      const { alarms } = await finished(runReplay(spec, { ...log, propensity }, seed))
      return Object.fromEntries(alarms.map(({ id, level }) => [id, level]))
    },
  },
]

const everyList = (log: InterleavingLog): number[] =>
  Array.from({ length: log.impressions }, (_, i) => i)

async function levelsOf(
  seed: number,
  isPlanted: boolean,
  plant: (log: InterleavingLog) => InterleavingLog,
  isSplit = false,
): Promise<Levels> {
  const mixed = syntheticLog({ users, listsPerUser: lists, length, seed })
  const sound = isSplit ? splitUsers(mixed, seed) : mixed
  const plan = LogPlan.parse({ filters: [], design: isSplit ? 'split' : 'interleaving' })
  const log = isPlanted ? plant(sound) : sound
  const { health } = await finished(analyseLog(readerOf(log), plan))
  return Object.fromEntries(health.map(({ id, level }) => [id, level]))
}

/** Whole lists of the one side that a fair coin gives each user. */
function splitUsers(log: InterleavingLog, seed: number): InterleavingLog {
  const arm = Int8Array.from({ length: log.users }, (_, user) => streams(seed)('arm', user).int(2))
  const team = log.team!.map((_, row) => arm[log.user[Math.floor(row / length)]!]!)
  return { ...log, team, rankA: null, rankB: null }
}

/** P(the χ² test of equal shares warns) when A's share of `n` users is `share`; exact. */
export function ratioPower(n: number, share: number): number {
  let power = 0
  for (let k = 0; k <= n; k++) {
    const { level } = sampleRatioTest([k, n - k], [0.5, 0.5])
    if (level !== 'ok') power += Math.exp(lnBinomialPmf(k, n, share))
  }
  return power
}

export async function planted(
  repetitions: number,
  told: (fault: string) => void,
): Promise<Planted[]> {
  const rows: Planted[] = []
  for (const { fault, check, levels, power = null } of faults) {
    const counts = { found: 0, blocked: 0, falseAlarms: 0, falseBlocks: 0 }
    for (let seed = 1; seed <= repetitions; seed++) {
      const bad = (await levels(seed, true))[check]
      const sound = (await levels(seed, false))[check]
      if (bad !== 'ok') counts.found++
      if (bad === 'block') counts.blocked++
      if (sound !== 'ok') counts.falseAlarms++
      if (sound === 'block') counts.falseBlocks++
    }
    rows.push({ fault, check, repetitions, power, ...counts })
    told(fault)
  }
  return rows
}
