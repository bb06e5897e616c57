import { useMessage } from 'naive-ui'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { languages } from '#core/languages'
import { loadWords } from '../i18n.ts'
import type { IconName } from '../components/icons.ts'
import { listed, places, runTabs } from '../places.ts'
import { viewOf } from '../runState.ts'
import { pinyinInitials } from '../search/pinyinInitials.ts'
import { useApp } from '../stores/app.ts'
import { useRuns } from '../stores/runs.ts'
import { useKeyMap } from './useKeyMap.ts'

export const paletteGroups = ['runs', 'pages', 'settings', 'commands'] as const

export interface PaletteEntry {
  readonly id: string
  readonly group: (typeof paletteGroups)[number]
  readonly icon: IconName
  readonly name: string
  readonly note: string
  readonly shortcut: string
  /** What it is found by besides its name: the other language, pinyin initials, numbers. */
  readonly aliases: readonly string[]
  readonly run: () => unknown
}

/** Everything that the palette can find, named in the page's language and findable in both. */
export function usePaletteEntries({ showHelp }: { readonly showHelp: () => void }) {
  const { t } = useI18n()
  const router = useRouter()
  const app = useApp()
  const runs = useRuns()
  const message = useMessage()
  const { hint } = useKeyMap()
  void loadWords('zh-CN') // found in both languages

  const both = (key: string, named: Record<string, unknown> = {}) => {
    const [en, zh] = languages.map((locale) => t(key, named, { locale })) as [string, string]
    return { name: t(key, named), aliases: [en, zh, pinyinInitials(zh)] }
  }
  const go = (name: string, params = {}) => router.push({ name, params })

  async function copyLink() {
    await navigator.clipboard.writeText(location.href)
    message.info(t('frame.command.copied'))
  }

  const pages = computed<PaletteEntry[]>(() => [
    ...places.flatMap((place) =>
      listed(place).map(({ name }, i) => ({
        id: `page ${name}`,
        group: 'pages' as const,
        icon: place.icon,
        ...both(`nav.${name}`),
        note: i === 0 ? '' : t(`nav.${place.name}`),
        shortcut: i === 0 && hint('goTo') ? `${hint('goTo')} ${place.digit}` : '',
        run: () => go(name),
      })),
    ),
    ...here.value.flatMap((row) =>
      runTabs.map(({ name }) => ({
        id: `tab ${name}`,
        group: 'pages' as const,
        icon: 'experiments' as const,
        ...both(`run.${name}`),
        note: row.name,
        shortcut: '',
        run: () => go(name, { id: row.id }),
      })),
    ),
  ])
  /** The run on screen, if any. */
  const here = computed(() => {
    const row = runs.byId.get(Number(router.currentRoute.value.params['id']))
    return row ? [row] : []
  })
  const found = computed<PaletteEntry[]>(() =>
    runs.rows.map(({ id, name, seed, state }) => ({
      id: `run ${id}`,
      group: 'runs',
      icon: 'experiments',
      name,
      note: [t('run.id', { id }), t('run.seed', { seed }), t(`state.${state}`)].join(' · '),
      shortcut: '',
      aliases: [`${id} ${name}`, pinyinInitials(name), String(seed)],
      run: () => go(viewOf(state), { id }),
    })),
  )
  const languageName = { en: 'English', 'zh-CN': '中文' } as const
  const settings = computed<PaletteEntry[]>(() => {
    const single = app.settings?.singleKeys !== false
    const setting = (
      id: string,
      icon: IconName,
      words: ReturnType<typeof both>,
      run: () => unknown,
    ) => ({
      id,
      group: 'settings' as const,
      icon,
      ...words,
      note: t('nav.settings'),
      shortcut: '',
      run,
    })
    return [
      ...(['system', 'light', 'dark'] as const).map((theme) => {
        const [en, zh] = languages.map((locale) => t(`top.theme.${theme}`, {}, { locale }))
        const words = { name: t(`top.theme.${theme}`), aliases: [en!, zh!, pinyinInitials(zh!)] }
        const icon = { system: 'system', light: 'sun', dark: 'moon' } as const
        return setting(`theme ${theme}`, icon[theme], words, () => app.change({ theme }))
      }),
      ...languages.map((language) => {
        const words = both('frame.command.language', { name: languageName[language] })
        return setting(`language ${language}`, 'language', words, () => app.change({ language }))
      }),
      setting(
        'single keys',
        'keyboard',
        both(`frame.command.singleKeys${single ? 'Off' : 'On'}`),
        () => app.change({ singleKeys: !single }),
      ),
    ]
  })
  const commands = computed<PaletteEntry[]>(() => {
    const command = (
      id: string,
      icon: IconName,
      shortcut: string,
      key: string,
      run: () => unknown,
    ) => ({ id, group: 'commands' as const, icon, note: '', shortcut, ...both(key), run })
    return [
      command('new', 'plus', hint('newExperiment'), 'frame.command.new', () => go('setup')),
      ...here.value.map(({ id }) =>
        command('fork', 'fork', hint('duplicate'), 'frame.command.fork', () =>
          router.push({ name: 'setup', query: { from: id } }),
        ),
      ),
      command('keys', 'keyboard', hint('help'), 'frame.command.keys', showHelp),
      command('link', 'export', '', 'frame.command.copyLink', copyLink),
    ]
  })
  return computed(() => [...found.value, ...pages.value, ...settings.value, ...commands.value])
}
