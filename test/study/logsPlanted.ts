import { readerOf, type InterleavingLog } from '#core/dataset/kinds/interleaving'
import { analyseLog } from '#core/logAnalysis/analyseLog'
import { LogPlan } from '#core/logAnalysis/logPlan'
import { ReplaySpec } from '#core/ope/replaySpec'
import { runReplay } from '#core/ope/runReplay'
import type { HealthLevel } from '#core/stats/healthLevel'
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
}

type Levels = Readonly<Record<string, HealthLevel>>

const users = 400
const length = 5
const lists = 6

/** Each fault, what it does to a sound log of this seed, and the check that has to find it. */
const faults: readonly {
  readonly fault: string
  readonly check: string
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
  {
    fault: 'a third of the lists that B led are lost',
    check: 'firstListLead',
    levels: (seed, isPlanted) =>
      levelsOf(seed, isPlanted, (log) =>
        pickLists(
          log,
          Array.from({ length: log.impressions }, (_, i) => i).filter(
            (i) => log.team![i * length] === 0 || i % 3 !== seed % 3,
          ),
        ),
      ),
  },
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

async function levelsOf(
  seed: number,
  isPlanted: boolean,
  plant: (log: InterleavingLog) => InterleavingLog,
): Promise<Levels> {
  const sound = syntheticLog({ users, listsPerUser: lists, length, seed })
  const plan = LogPlan.parse({ filters: [] })
  const log = isPlanted ? plant(sound) : sound
  const { health } = await finished(analyseLog(readerOf(log), plan))
  return Object.fromEntries(health.map(({ id, level }) => [id, level]))
}

export async function planted(
  repetitions: number,
  told: (fault: string) => void,
): Promise<Planted[]> {
  const rows: Planted[] = []
  for (const { fault, check, levels } of faults) {
    const counts = { found: 0, blocked: 0, falseAlarms: 0, falseBlocks: 0 }
    for (let seed = 1; seed <= repetitions; seed++) {
      const bad = (await levels(seed, true))[check]
      const sound = (await levels(seed, false))[check]
      if (bad !== 'ok') counts.found++
      if (bad === 'block') counts.blocked++
      if (sound !== 'ok') counts.falseAlarms++
      if (sound === 'block') counts.falseBlocks++
    }
    rows.push({ fault, check, repetitions, ...counts })
    told(fault)
  }
  return rows
}
