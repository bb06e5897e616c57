import { useI18n } from 'vue-i18n'
import { formatSetting } from '#core/format'

/** Words for fields of a spec and their values, by path. */
export function useFieldWords() {
  const i18n = useI18n()
  const { t } = i18n

  /** A field without words is still shown, by its own name. */
  function labelOf(path: string): string {
    const key = `fields.${path}.label`
    return i18n.te(key, 'en') ? t(key) : (path.split('.').at(-1) ?? path)
  }

  function helpOf(path: string): string {
    const key = `fields.${path}.help`
    return i18n.te(key, 'en') ? t(key) : ''
  }

  function optionWords(path: string, option: string): string {
    const key = `options.${path}.${option}`
    return i18n.te(key, 'en') ? t(key) : option
  }

  function valueWords(path: string, value: unknown): string {
    if (value === undefined || value === null || value === '') return t('setup.unset')
    if (typeof value === 'boolean') return t(`options.boolean.${value}`)
    if (typeof value === 'number') return formatSetting(value)
    if (typeof value === 'string') return optionWords(path, value)
    if (Array.isArray(value)) {
      return value.map((entry) => entryWords(path, entry)).join(' · ')
    }
    return JSON.stringify(value)
  }

  /** A number, or a ranker by its label or else its kind. */
  function entryWords(path: string, entry: unknown): string {
    if (typeof entry === 'number') return formatSetting(entry)
    if (typeof entry !== 'object' || entry === null) return String(entry)
    const { kind, label } = entry as { readonly kind?: string; readonly label?: string }
    return label ?? optionWords(`${path}.kind`, kind ?? '')
  }

  return { labelOf, helpOf, optionWords, valueWords }
}
