import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { StudyRow } from '#core/contract'
import type { StudyKind } from '#core/study/index'
import { api } from '../api.ts'

/** Rows of every study, newest first. */
export const useStudies = defineStore('studies', () => {
  const rows = shallowRef<readonly StudyRow[] | null>(null)

  async function load(): Promise<void> {
    rows.value = await api.call('studies.list', {})
  }

  /** Those of one kind; null until they have been read. */
  const ofKind = <K extends StudyKind>(kind: K): readonly StudyRow<K>[] | null =>
    (rows.value?.filter((row) => row.kind === kind) ?? null) as readonly StudyRow<K>[] | null

  return { rows, load, ofKind }
})
