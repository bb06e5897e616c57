import { promiseTimeout, useIntervalFn, useMediaQuery, usePreferredDark } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Language } from '#core/languages'
import type { AppInfo, AppStatus } from '#core/contract/app'
import type { Settings } from '#core/contract/settings'
import { api, onHostLost, openHost } from '../api.ts'
import { i18n, loadWords } from '../i18n.ts'
import { readTokens, type ThemeName, type Token } from '../theme/tokens.ts'
import { useDatasets } from './datasets.ts'
import { useReports } from './reports.ts'
import { useRuns } from './runs.ts'
import { useModels } from './models.ts'
import { useStudies } from './studies.ts'

/** Milliseconds before each try to reach a host that is gone; the last one goes on. */
const RETRIES = [500, 1000, 2000, 4000]

/** Milliseconds within which a host that is back has told what there is. */
const PATIENCE = 10_000

/** Milliseconds between two looks for the compute backend, until the host's first probe has answered. */
const PROBE_EVERY = 1500

const languageOf = (settings: Settings | null): Language => {
  const chosen = settings?.language ?? 'system'
  if (chosen !== 'system') return chosen
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** What the whole page shares: the host and what it runs on, settings, language and theme. */
export const useApp = defineStore('app', () => {
  const info = shallowRef<AppInfo | null>(null)
  const status = shallowRef<AppStatus | null>(null)
  const settings = shallowRef<Settings | null>(null)
  const connection = shallowRef<'opening' | 'open' | 'failed' | 'lost'>('opening')
  const failure = shallowRef<string | null>(null)

  const prefersDark = usePreferredDark()
  // a contrast theme of the system brings its own ground
  const isForced = useMediaQuery('(forced-colors: active)')
  const theme = computed<ThemeName>(() => {
    const chosen = settings.value?.theme ?? 'system'
    if (chosen === 'system' || isForced.value) return prefersDark.value ? 'dark' : 'light'
    return chosen
  })
  const language = computed(() => languageOf(settings.value))
  const token = shallowRef<Token>(() => '')
  /** When the host was last heard of. */
  const heardAt = shallowRef<Date | null>(null)

  watch(
    theme,
    (name) => {
      document.documentElement.dataset['theme'] = name
      token.value = readTokens()
    },
    { immediate: true },
  )
  watch(
    language,
    async (name) => {
      await loadWords(name)
      if (language.value !== name) return // switched again meanwhile
      i18n.global.locale.value = name
      document.documentElement.lang = name
    },
    { immediate: true },
  )

  watch(
    () => settings.value?.motion ?? 'system',
    (motion) => (document.documentElement.dataset['motion'] = motion),
    { immediate: true },
  )

  async function follow(): Promise<void> {
    for await (const events of api.stream('app.events', {})) {
      heardAt.value = new Date()
      for (const event of events) {
        if (event.type === 'status') status.value = event.status
        else if (event.type === 'datasets') void useDatasets().load()
        else if (event.type === 'studies') {
          void useStudies().load()
          void useModels().refresh()
        } else if (event.type === 'reports') void useReports().load()
        else if (event.type === 'settings')
          followSettings().catch(() => undefined) // a lost host is told of elsewhere
        else useRuns().apply(event)
      }
    }
  }

  async function start(): Promise<void> {
    onHostLost(() => {
      connection.value = 'lost'
      void reconnect()
    })
    try {
      await openHost()
      await load()
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error)
      connection.value = 'failed'
    }
  }

  let isTrying = false
  /** Until it answers; a host that was started anew has another address and opens a page of its own. */
  async function reconnect(): Promise<void> {
    if (isTrying) return
    isTrying = true
    for (let tries = 0; connection.value === 'lost'; tries++) {
      await promiseTimeout(RETRIES[Math.min(tries, RETRIES.length - 1)]!)
      try {
        await openHost()
        await Promise.race([load(), promiseTimeout(PATIENCE, true)])
      } catch {
        connection.value = 'lost' // and again
      }
    }
    isTrying = false
    for (const list of [useDatasets(), useStudies(), useReports()]) if (list.rows) void list.load()
    void useModels().refresh()
  }

  /** Reads the first snapshot over a wire that is there, then follows what changes. */
  async function load(): Promise<void> {
    // what the host announces in the meantime is applied over the list that comes back
    follow().catch(() => (connection.value = 'lost'))
    const [about, chosen] = await Promise.all([
      api.call('app.info', {}),
      api.call('settings.get', {}),
      useRuns().load(),
    ])
    await loadWords(languageOf(chosen))
    info.value = about
    settings.value = chosen
    connection.value = 'open'
    if (!about.backend) probe.resume()
  }

  const probe = useIntervalFn(
    () => {
      void api.call('app.info', {}).then((about) => {
        info.value = about
        if (about.backend) probe.pause()
      }, probe.pause)
    },
    PROBE_EVERY,
    { immediate: false },
  )

  /** Changes made here that the host has not answered, and all that there ever were. */
  const own = { open: 0, made: 0 }

  async function change(part: Partial<Settings>): Promise<void> {
    // shown at once; the host's last answer has the last word
    if (settings.value) settings.value = { ...settings.value, ...part }
    own.open++
    own.made++
    const { made } = own
    try {
      const stored = await api.call('settings.set', part)
      if (made === own.made) settings.value = stored
    } finally {
      own.open--
    }
  }

  /** What another window has set; an answer that is older than a change made here is left. */
  async function followSettings(): Promise<void> {
    const { made, open } = own
    if (open > 0) return // the host's answer to it holds the other one as well
    const stored = await api.call('settings.get', {})
    if (made === own.made) settings.value = stored
  }

  return {
    info,
    status,
    settings,
    connection,
    failure,
    theme,
    language,
    token,
    heardAt,
    start,
    load,
    change,
  }
})

/** Calls when a host that was gone is back, to ask it again. @returns its disposer */
export function onHostBack(listener: () => void): () => void {
  const app = useApp()
  return watch(
    () => app.connection,
    (now, before) => {
      if (before === 'lost' && now === 'open') listener()
    },
  )
}
