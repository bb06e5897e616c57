import { withByteOrderMark } from '#core/report/byteOrderMark'
import { csvLines, type Cell } from '#core/report/csvLines'
import { useApp } from '../stores/app.ts'

/** Rows as a CSV file, with a byte order mark as the settings want it. */
export function useCsv(): (rows: readonly (readonly Cell[])[]) => string {
  const app = useApp()
  return (rows) =>
    withByteOrderMark(csvLines(rows, app.language), app.settings?.csvMark ?? 'language')
}
