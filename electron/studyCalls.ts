import { z } from 'zod'
import type { contract } from '#core/contract'
import type { StudyId } from '#core/contract/ids'
import type { ModelRow } from '#core/contract/models'
import type { SpecIssue } from '#core/contract/specs'
import type { StudyDetail } from '#core/contract/studies'
import type { DatasetMeta } from '#core/jobContract'
import { nameModels } from '#core/model/nameModels'
import { withByteOrderMark } from '#core/report/byteOrderMark'
import { renderStudyReport } from '#core/report/studyReport'
import { RpcError } from '#core/rpc/rpcError'
import type { Handlers } from '#core/rpc/serve'
import { checkStudy } from '#core/study/checkStudy'
import { studies, studyKinds, type StudyKind } from '#core/study/index'
import { reportDigest } from '#core/study/reportDigest'
import type { Study } from '#core/study/study'
import type { StoredStudy } from '#db/studies'
import type { ApiContext } from './api.ts'
import { badSpec } from './badSpec.ts'
import { datasetNamed } from './checkedSpec.ts'
import { studyCommand } from './rerunCommand.ts'
import { watchStudy } from './watchStudy.ts'

type All = Handlers<typeof contract>
type StudyName = Extract<keyof All, `studies.${string}`>

/**
 * The part of the API that is about studies.
 * @param record adds to the audit log
 */
export function studyCalls(
  context: ApiContext,
  record: (action: string, subject: string, detail?: string) => void,
): Pick<All, StudyName> {
  const { store, queue, events } = context
  const existing = (id: StudyId): StoredStudy => {
    const stored = store.studies.get(id)
    if (stored) return stored
    throw new RpcError('NOT_FOUND', `there is no study ${id}`)
  }
  const checked = (kind: string, raw: unknown) =>
    checkedStudy(known(kind), raw, store.datasets.list(), store.models.list())
  return {
    'studies.schema': ({ kind }) => z.toJSONSchema(known(kind).spec, { io: 'input' }),
    'studies.check': ({ kind, spec: raw }) => {
      const { spec, issues, total } = checked(kind, raw)
      // the kind has checked it
      return { spec: spec as StoredStudy['spec'] | null, issues: [...issues], total }
    },
    'studies.start': ({ kind, spec: raw, seed }) => {
      const { spec, issues, name, total, dataset } = checked(kind, raw)
      if (spec === null) throw badSpec(issues)
      const at = new Date(context.now()).toISOString()
      const id = store.studies.create({ kind, name, spec, seed, total, dataset, at })
      record('study.start', `study ${id}`, `${kind}: ${name}, seed ${seed}`)
      queue.studies.add(id)
      return id
    },
    'studies.list': () => [...store.studies.list()],
    'studies.get': ({ study }) => studyDetailOf(existing(study)),
    'studies.pause': ({ study }) => {
      queue.studies.pause(study)
      return null
    },
    'studies.resume': ({ study }) => {
      queue.studies.resume(study)
      return null
    },
    'studies.cancel': ({ study }) => {
      queue.studies.cancel(study)
      return null
    },
    'studies.delete': ({ study }) => {
      const { name } = existing(study)
      if (queue.studies.isBusyWith(study)) {
        throw new RpcError('WRONG_STATE', 'the study is still going; stop it first')
      }
      store.studies.remove(study)
      record('study.delete', `study ${study}`, name)
      events.study.emit(study)
      events.studies.emit(undefined)
      return null
    },
    'studies.watch': ({ study }, cancel) => watchStudy(study, cancel, context),
    'studies.report': ({ study, format, language }) => {
      const appVersion = context.info().version
      const file = renderStudyReport(studyDetailOf(existing(study)), {
        format,
        language,
        appVersion,
      })
      if (!file) throw new RpcError('WRONG_STATE', 'the study has no report that can be printed')
      record('study.report', `study ${study}`, file.name)
      if (format !== 'csv') return file
      return { ...file, text: withByteOrderMark(file.text, store.settings.get().csvMark) }
    },
  }
}

/** @throws RpcError `BAD_INPUT` that lists what there is */
function known(kind: string): Study<unknown, unknown> {
  if (Object.hasOwn(studies, kind)) return studies[kind as StudyKind]
  throw new RpcError('BAD_INPUT', `there is no study "${kind}"; known are ${studyKinds.join(', ')}`)
}

interface CheckedStudy {
  readonly spec: unknown // null when there are issues
  readonly issues: readonly SpecIssue[]
  readonly name: string
  readonly total: number
  readonly dataset: DatasetMeta | null
}

/** As `checkStudy`, and the dataset that the spec names must be one of the workspace. */
function checkedStudy(
  study: Study<unknown, unknown>,
  raw: unknown,
  datasets: readonly DatasetMeta[],
  models: readonly ModelRow[],
): CheckedStudy {
  const nothing = { spec: null, name: '', total: 0, dataset: null }
  const named = nameModels(raw, models)
  if (named.issues.length > 0) return { ...nothing, issues: named.issues }
  const { spec, issues } = checkStudy(study, named.spec)
  if (spec === null) return { ...nothing, issues }
  const wanted = study.dataset(spec)
  const { dataset, issue } = wanted ? datasetNamed(wanted, datasets) : noDataset
  if (issue) return { ...nothing, issues: [issue] }
  return { spec, issues: [], name: study.name(spec), total: study.total(spec), dataset }
}

const noDataset = { dataset: null, issue: null }

/** What a page is told of a study. */
export function studyDetailOf(stored: StoredStudy): StudyDetail {
  const digest = stored.report && reportDigest(stored.report)
  return { ...stored, digest, commandLine: studyCommand(stored) }
}
