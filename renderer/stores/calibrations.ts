import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CalibrationRow } from '#core/contract'
import { api } from '../api.ts'

/** Rows of every calibration, newest first. */
export const useCalibrations = defineStore('calibrations', () => {
  const rows = shallowRef<readonly CalibrationRow[] | null>(null)

  async function load(): Promise<void> {
    rows.value = await api.call('calibrations.list', {})
  }

  return { rows, load }
})
