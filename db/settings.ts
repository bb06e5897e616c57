import { Settings } from '#core/contract/settings'
import type { WriteDb } from './handle.ts'

/** Fields that are left out stay as they are. */
type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined }

export interface SettingsStore {
  /** What is not stored, or no longer allowed, has its default. */
  get(): Settings
  set(change: SettingsChange): Settings
}

export function settings(db: WriteDb): SettingsStore {
  const all = db.read<[], { readonly key: string; readonly value: string }>(
    'SELECT key, value FROM setting',
  )
  const upsert = db.write<[string, string]>(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const get = (): Settings => {
    const allowed: Record<string, unknown> = {}
    for (const { key, value } of all.all()) {
      const stored = { [key]: JSON.parse(value) as unknown }
      const isAllowed = Object.hasOwn(Settings.shape, key) && Settings.safeParse(stored).success
      if (isAllowed) Object.assign(allowed, stored)
    }
    return Settings.parse(allowed)
  }
  return {
    get,
    set: db.transaction((change: SettingsChange) => {
      for (const [key, value] of Object.entries(change)) {
        if (value !== undefined) upsert.run(key, JSON.stringify(value))
      }
      return get()
    }),
  }
}
