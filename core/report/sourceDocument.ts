import { buildDocument } from './buildDocument.ts'
import type { ReportDocument } from './document.ts'
import type { ReportMake, SourceData } from './reportInput.ts'
import { studyDocument } from './studyReport.ts'

/**
 * All that is to be said of a source, which reports choose from.
 * @throws RangeError for a study without a printed form
 */
export function sourceDocument(source: SourceData, made: ReportMake): ReportDocument {
  if (source.kind === 'run') return buildDocument({ ...source, ...made })
  const document = studyDocument(source.study, made)
  if (document) return document
  throw new RangeError(`study ${source.study.id} has no report that can be printed`)
}
