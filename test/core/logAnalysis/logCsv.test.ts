import { describe, expect, it } from 'vitest'
import { logCsv } from '#core/logAnalysis/logCsv'
import { syntheticLog } from '../../support/syntheticLog.ts'

describe('a log as a table', () => {
  const log = syntheticLog({ users: 3, listsPerUser: 500, length: 2 })

  it('has a row per shown item, with positions and ranks from 1', () => {
    const lines = [...logCsv(log)].join('').trimEnd().split('\n')
    expect(lines).toHaveLength(1 + log.item.length)
    expect(lines[0]).toBe('impression,user,time,position,item,team,rank_a,rank_b,click')
    const [impression, user, time, position, item, team, rankA, rankB] = lines[2]!.split(',')
    expect([impression, user, time, position]).toEqual(['1', 'u0', '1700000000', '2'])
    expect(item).toBe(`i${log.item[1]}`)
    expect(team).toBe(log.teams[log.team![1]!])
    expect(rankA).toBe(log.rankA![1]! < 0 ? '' : String(log.rankA![1]! + 1))
    expect(rankB).toBe(log.rankB![1]! < 0 ? '' : String(log.rankB![1]! + 1))
  })

  it('leaves out what the log does not have', () => {
    const [header] = [...logCsv({ ...log, rankA: null, rankB: null, team: null })]
    expect(header).toBe('impression,user,time,position,item,click\n')
  })
})
