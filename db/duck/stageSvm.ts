import type { Sniffed } from '#core/dataset/sniffed'
import { LogError } from './logBuilder.ts'
import { sourceOf } from './source.ts'
import type { DuckSession } from './session.ts'

/**
 * As `stage`, for libsvm lines: `2 qid:1 1:0.5 3:0.25 # docid = x`.
 * @param groups documents of each query in turn, where lines name none
 * @throws LogError when the groups do not add up to the lines
 */
export async function stageSvm(
  duck: DuckSession,
  file: string,
  sniffed: Sniffed,
  groups: readonly number[] | null,
): Promise<void> {
  const source = sourceOf(sniffed, ['line'], new Set())
  await duck.run(
    `CREATE TABLE staged AS
     SELECT f_query, f_document, f_grade, f_index, f_value, problem,
       CASE WHEN problem IS NOT NULL THEN [text] END AS original
     FROM (
       SELECT *,
         list_transform(pairs, lambda p: TRY_CAST(split_part(p, ':', 1) AS INTEGER)) AS f_index,
         list_transform(pairs, lambda p: TRY_CAST(split_part(p, ':', 2) AS FLOAT)) AS f_value,
         CASE WHEN f_grade IS NULL OR NOT isfinite(f_grade) OR NOT regexp_matches(body, '^\\s*\\S+(\\s+qid:\\S+)?(\\s+\\d+:[^\\s:]+)*\\s*$') THEN 'line:notRow'
              WHEN f_grade < 0 THEN 'grade:negative'
              WHEN list_contains(f_value, NULL) OR len(list_filter(f_value, lambda v: v IS NULL OR NOT isfinite(v))) > 0 THEN 'features:notNumber'
         END AS problem
       FROM (
         SELECT c0 AS text, split_part(c0, '#', 1) AS body,
           TRY_CAST(regexp_extract(c0, '^\\s*(\\S+)', 1) AS FLOAT) AS f_grade,
           nullif(regexp_extract(c0, '\\sqid:(\\S+)', 1), '') AS f_query,
           nullif(regexp_extract(c0, '#\\s*docid\\s*=\\s*(\\S+)', 1), '') AS f_document,
           regexp_extract_all(split_part(c0, '#', 1), '\\s(\\d+:[^\\s:]+)', 1) AS pairs
         FROM (${source.sql})))`,
    { file },
  )
  const [lines] = await duck.rows<{ all: bigint; named: bigint }>(
    'SELECT count(*) AS "all", count(f_query) AS named FROM staged',
  )
  if (lines && lines.named === lines.all) return
  if (!groups) {
    throw new LogError(
      'the lines name no query: write qid:1 after the grade, or give the .query file with the group sizes',
    )
  }
  const sum = groups.reduce((total, size) => total + size, 0)
  if (sum !== Number(lines?.all ?? 0)) {
    throw new LogError(
      `the .query file counts ${sum} documents, the file has ${String(lines?.all)}: they do not belong together`,
    )
  }
  await duck.run(
    `CREATE TABLE queryOf AS SELECT unnest(range(1, len($sizes) + 1)) AS query, unnest($sizes) AS size`.replaceAll(
      '$sizes',
      `[${groups.join(', ')}]`,
    ),
  )
  await duck.run(
    `UPDATE staged SET f_query = g.query::VARCHAR FROM
       (SELECT query, sum(size) OVER (ORDER BY query) - size AS start,
          sum(size) OVER (ORDER BY query) AS stop FROM queryOf) g
     WHERE staged.rowid >= g.start AND staged.rowid < g.stop`,
  )
}
