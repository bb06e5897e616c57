import type { z } from 'zod'

/** What every check of a spec says of a field that it refuses: the path, the value, and what it may be. */

export function demand(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small': {
      const least = String(issue.minimum)
      if (issue.origin === 'string') return `it must have at least ${least} characters`
      if (issue.origin === 'array')
        return `it must have ${issue.exact ? '' : 'at least '}${least} entries`
      return issue.inclusive ? `it must be at least ${least}` : `it must be greater than ${least}`
    }
    case 'too_big': {
      const most = String(issue.maximum)
      if (issue.origin === 'string') return `it must have at most ${most} characters`
      if (issue.origin === 'array')
        return `it must have ${issue.exact ? '' : 'at most '}${most} entries`
      return issue.inclusive ? `it must be at most ${most}` : `it must be less than ${most}`
    }
    case 'invalid_type':
      return `it must be ${typeNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `it must be ${either(issue.values)}`
    case 'invalid_union': {
      const options = optionsOf(issue)
      return options.length > 0 ? `it must be ${either(options)}` : issue.message
    }
    default:
      return issue.message
  }
}

const typeNames: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
}

const either = (values: readonly unknown[]): string =>
  values.length === 1 ? shown(values[0]) : `one of ${values.map(shown).join(', ')}`

/** The kinds that a union allows; zod has them beside what its type says. */
export const optionsOf = (issue: z.core.$ZodIssue): readonly unknown[] =>
  'options' in issue && Array.isArray(issue.options) ? issue.options : []

/** What lies at a path; undefined where it leads nowhere. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

export const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.')

/** A value as an error quotes it. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value)
  // undefined for what JSON does not know, such as a function
  const text = (JSON.stringify(value) as string | undefined) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
