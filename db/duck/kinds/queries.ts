import { figures, good, LogError, type LogBuilder } from '../logBuilder.ts'
import { literal } from '../session.ts'
import { stagedColumns } from '../stage.ts'

const maxFeature = 1_000_000

/** Tables `documents` (features as lists of index and value), `queries`, `features`. */
export const queries: LogBuilder = {
  check: () => Promise.resolve(),

  async build(duck, plan) {
    const columns = stagedColumns(plan)
    const features = columns.filter(({ field }) => field === 'feature')
    const isTable = columns.length > 0
    if (isTable) {
      const has = (field: string) => columns.some((column) => column.field === field)
      await duck.run(
        `CREATE TABLE pairs AS
         SELECT line, f_query AS query, ${has('document') ? 'f_document' : 'NULL'}::VARCHAR AS document,
           f_grade::FLOAT AS grade, range(0, ${features.length})::INTEGER[] AS index,
           [${features.map(({ sql }) => `coalesce(${sql}, 0)::FLOAT`).join(', ')}]::FLOAT[] AS value
         FROM ${good}`,
      )
    } else {
      await duck.run(
        `CREATE TABLE pairs AS SELECT line, f_query AS query, f_document AS document,
           f_grade AS grade, f_index AS index, f_value AS value FROM ${good}`,
      )
    }
    const { lowest, highest } = await figures<'lowest' | 'highest'>(
      duck,
      'SELECT min(list_min(index)) AS lowest, max(list_max(index)) AS highest FROM pairs',
    )
    if (highest > maxFeature) {
      throw new LogError(`feature ${highest} is above ${maxFeature}: number the features from 1`)
    }
    const base = isTable ? 0 : Math.min(1, lowest)
    const width = isTable ? features.length : highest - base + 1
    await duck.run(
      `CREATE TABLE queries AS
       SELECT (row_number() OVER (ORDER BY first_line) - 1)::INTEGER AS num, id FROM
         (SELECT query AS id, min(line) AS first_line FROM pairs GROUP BY query)`,
    )
    const n = await figures<'rows' | 'users' | 'items'>(
      duck,
      `SELECT count(*) AS rows, count(DISTINCT coalesce(document, '#' || line)) AS items,
         (SELECT count(*) FROM queries) AS users FROM pairs`,
    )
    const grades = await duck.rows<{ grade: number; n: bigint }>(
      'SELECT grade, count(*) AS n FROM pairs GROUP BY grade ORDER BY grade LIMIT 100',
    )
    const names = isTable ? features.map(({ name }) => literal(name)).join(', ') : ''
    return {
      tables: [
        {
          name: 'documents',
          select: `SELECT q.num AS query, p.document, p.grade,
              list_transform(p.index, lambda i: i - ${base})::INTEGER[] AS index, p.value
            FROM pairs p JOIN queries q ON q.id = p.query ORDER BY q.num, p.line`,
        },
        { name: 'queries', select: 'SELECT * FROM queries ORDER BY num' },
        {
          name: 'features',
          select: isTable
            ? `SELECT unnest([${names}]::VARCHAR[]) AS name`
            : `SELECT (unnest(range(${base}, ${base + width})))::VARCHAR AS name`,
        },
      ],
      facts: {
        kind: 'queries',
        rows: n.rows,
        users: n.users,
        items: n.items,
        features: width,
        grades: grades.map(({ grade, n: count }) => ({ grade, count: Number(count) })),
      },
    }
  },
}
