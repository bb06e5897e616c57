/** The same drawing with the ids of another figure, for a page that holds it twice. */
export const withFigureId = (svg: string, from: string, to: string): string =>
  svg
    .replace(
      `aria-labelledby="${from}-title ${from}-desc"`,
      `aria-labelledby="${to}-title ${to}-desc"`,
    )
    .replaceAll(` id="${from}-`, ` id="${to}-`)
