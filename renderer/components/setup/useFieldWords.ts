import { inject, type InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { SpecIssue } from '#core/contract/specs'
import { defaultSource, papers } from '#core/defaultSources'
import { formatSetting } from '#core/format'
import type { FormField } from './formFields.ts'

/** Group of words that the fields of a form have of their own. */
export const fieldScope: InjectionKey<string> = Symbol('fields')

/** Words for fields of a spec and their values, by path. */
export function useFieldWords() {
  const i18n = useI18n()
  const scope = inject(fieldScope, '')
  const { t } = i18n

  /** A field without words is still shown, by its own name. */
  function labelOf(path: string): string {
    return words('fields', `${path}.label`) ?? path.split('.').at(-1) ?? path
  }

  const helpOf = (path: string): string => words('fields', `${path}.help`) ?? ''

  /** What a field is, and where its default comes from. */
  function fullHelpOf({ path, kind, fallback }: FormField): string {
    const source = kind === null ? null : defaultSource(path, kind)
    if (source === null || fallback === undefined) return helpOf(path)
    const isPaper = (id: string): id is keyof typeof papers => Object.hasOwn(papers, id)
    const from = isPaper(source) ? papers[source] : t(`sources.${source}`)
    const value = valueWords(path, fallback)
    return `${helpOf(path)} ${t('sources.said', { value, source: from })}`.trim()
  }

  const optionWords = (path: string, option: string): string =>
    words('options', `${path}.${option}`) ?? option

  /** Those of the form's own spec before those of an experiment's. */
  function words(group: 'fields' | 'options', rest: string): string | null {
    const keys = [...(scope === '' ? [] : [`${group}.${scope}.${rest}`]), `${group}.${rest}`]
    const key = keys.find((candidate) => i18n.te(candidate, 'en'))
    return key === undefined ? null : t(key)
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

  /** What is wrong and why, where several fields are; null where the field alone is. */
  const ruleWords = (issue: SpecIssue): string | null =>
    issue.rule ? t(`issues.${issue.rule}`) : null

  return { labelOf, helpOf, fullHelpOf, optionWords, valueWords, ruleWords }
}
