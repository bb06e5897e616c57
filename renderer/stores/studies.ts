import { defineStore } from 'pinia'
import type { StudyRow } from '#core/contract/studies'
import type { StudyKind } from '#core/study/index'
import { api } from '../api.ts'
import { keptList } from './keptList.ts'

/** Rows of every study, newest first. */
export const useStudies = defineStore('studies', () => {
  const list = keptList(() => api.call('studies.list', {}))

  /** Those of one kind; null until they have been read. */
  const ofKind = <K extends StudyKind>(kind: K): readonly StudyRow<K>[] | null =>
    (list.rows.value?.filter((row) => row.kind === kind) ?? null) as readonly StudyRow<K>[] | null

  return { ...list, ofKind }
})
