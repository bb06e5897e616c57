import { figures } from './logBuilder.ts'
import { quoted, type DuckSession } from './session.ts'

/** The columns of a Parquet file that have a value in some row. */
export async function presentColumns(
  duck: DuckSession,
  file: string,
): Promise<ReadonlySet<string>> {
  const described = await duck.rows<{ column_name: string }>(
    'DESCRIBE SELECT * FROM read_parquet($file)',
    { file },
  )
  const names = described.map(({ column_name }) => column_name)
  const counts = await figures(
    duck,
    `SELECT ${names.map((name, i) => `count(${quoted(name)}) AS n${i}`).join(', ')} FROM read_parquet($file)`,
    { file },
  )
  return new Set(names.filter((_, i) => (counts[`n${i}`] ?? 0) > 0))
}
