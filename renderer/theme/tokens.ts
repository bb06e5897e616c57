export type ThemeName = 'light' | 'dark'

/** The value of a design token of styles/tokens.css, by its name without the dashes. */
export type Token = (name: string) => string

/**
 * Values as they apply to an element now; read again after the theme has changed. Names of fonts come
 * in single quotes, as ECharts writes them into attributes of an SVG.
 */
export function readTokens(element: Element = document.documentElement): Token {
  const style = getComputedStyle(element)
  const values = new Map<string, string>()
  return (name) => {
    let value = values.get(name)
    if (value === undefined) {
      value = style.getPropertyValue(`--${name}`).trim().replaceAll('"', "'")
      values.set(name, value)
    }
    return value
  }
}

/** "13px" → 13. */
export const px = (token: Token, name: string): number => Number.parseFloat(token(name))
