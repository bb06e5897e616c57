import { strToU8 } from 'fflate'
import type { ReportFile } from '#core/contract/reports'
import { zip } from '#core/report/zip'

/** A file and what lies beside it as one zip. */
export function packed({ beside = [], ...file }: ReportFile): ReportFile {
  const entries = [file, ...beside].map((one: Pick<ReportFile, 'name' | 'text' | 'bytes'>) => {
    return [one.name, one.bytes ?? strToU8(one.text)] as const
  })
  const name = file.name.replace(/\.(\w+)$/, '-$1.zip')
  return { name, mime: 'application/zip', text: '', bytes: zip(entries) }
}
