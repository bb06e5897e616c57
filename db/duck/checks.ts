import type { LogCheck } from '#core/dataset/datasetProfile'
import type { DatasetKindId } from '#core/dataset/kinds/index'
import { figures, good } from './logBuilder.ts'
import type { DuckSession } from './session.ts'

type Checks = (duck: DuckSession) => Promise<readonly LogCheck[]>

/** Checks over a whole log, after its canonical tables are built. */
export const logChecks: Record<Exclude<DatasetKindId, 'ratings'>, Checks> = {
  async bandit(duck) {
    const n = await figures<'mean' | 'sd' | 'rows' | 'least' | 'actions' | 'groups'>(
      duck,
      `SELECT avg(1 / f_propensity) AS mean, coalesce(stddev_samp(1 / f_propensity), 0) AS sd,
         count(*) AS rows, min(f_propensity) AS least,
         (SELECT count(*) FROM actions) AS actions FROM ${good}`,
    )
    const error = n.sd / Math.sqrt(n.rows)
    // E[1/π_b] is the number of actions that could be shown (simulators D)
    const off = Math.abs(n.mean - n.actions) > Math.max(4 * error, 0.02 * n.actions)
    return [
      { id: 'propensityMean', level: off ? 'warn' : 'ok', value: n.mean, expected: n.actions },
      {
        id: 'smallPropensity',
        level: n.least < 0.001 ? 'warn' : 'ok',
        value: n.least,
        expected: null,
      },
    ]
  },
  async interleaving(duck) {
    const n = await figures<'top' | 'tops' | 'heavy' | 'lists' | 'clicked' | 'ctr'>(
      duck,
      `SELECT avg((team = 0)::INTEGER) FILTER (WHERE team >= 0 AND position = 0) AS top,
         count(*) FILTER (WHERE team >= 0 AND position = 0) AS tops,
         avg(click) AS ctr, (SELECT count(*) FROM impressions) AS lists,
         (SELECT count(DISTINCT impression) FROM rows WHERE click = 1) AS clicked,
         (SELECT max(n) FROM (SELECT count(*) AS n FROM impressions GROUP BY "user")) AS heavy
       FROM rows`,
    )
    const teams = await figures<'n'>(duck, 'SELECT greatest(2, count(*)) AS n FROM teams')
    const even = 1 / teams.n
    const z = n.tops > 0 ? Math.abs(n.top - even) / Math.sqrt((even * (1 - even)) / n.tops) : 0
    const share = n.heavy / n.lists
    return [
      ...(n.tops > 0
        ? [
            {
              id: 'teamBalance',
              level: z > 4 ? 'warn' : 'ok',
              value: n.top,
              expected: even,
            } as const,
          ]
        : []),
      { id: 'clickRate', level: n.ctr > 0 ? 'ok' : 'warn', value: n.ctr, expected: null },
      { id: 'unclicked', level: 'ok', value: 1 - n.clicked / n.lists, expected: null },
      {
        id: 'heavyUser',
        level: share > 0.05 && n.heavy > 100 ? 'warn' : 'ok',
        value: share,
        expected: null,
      },
    ]
  },
  async impressions(duck) {
    const n = await figures<'ctr' | 'lists' | 'clicked' | 'heavy'>(
      duck,
      `SELECT avg(ends_with(c, '-1')::INTEGER) AS ctr, (SELECT count(*) FROM lists) AS lists,
         (SELECT count(DISTINCT impression) FROM candidates WHERE ends_with(c, '-1')) AS clicked,
         (SELECT max(n) FROM (SELECT count(*) AS n FROM lists GROUP BY "user")) AS heavy
       FROM candidates`,
    )
    const share = n.heavy / n.lists
    return [
      { id: 'clickRate', level: n.ctr > 0 ? 'ok' : 'warn', value: n.ctr, expected: null },
      { id: 'unclicked', level: 'ok', value: 1 - n.clicked / n.lists, expected: null },
      {
        id: 'heavyUser',
        level: share > 0.05 && n.heavy > 100 ? 'warn' : 'ok',
        value: share,
        expected: null,
      },
    ]
  },
  async queries(duck) {
    const n = await figures<'single' | 'all'>(
      duck,
      `SELECT count(*) FILTER (WHERE low = high) AS single, count(*) AS "all" FROM
         (SELECT min(grade) AS low, max(grade) AS high FROM pairs GROUP BY query)`,
    )
    const share = n.single / Math.max(1, n.all)
    return [{ id: 'singleGrade', level: share > 0.5 ? 'warn' : 'ok', value: share, expected: null }]
  },
}
