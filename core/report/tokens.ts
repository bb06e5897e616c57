/**
 * The design tokens that a report needs: the light theme, on white paper. Charts and the style sheet
 * take every colour from here.
 */
export const tokens = {
  ink: '#16181d',
  ink2: '#44484f',
  ink3: '#666a72',
  line: '#e5e5e2',
  lineStrong: '#cfcfcb',
  sunken: '#f3f3f1',
  surface: '#ffffff',
  a: '#0072b2',
  aText: '#00629a',
  aBand: '#dbeaf4', // the band tokens over white: print has no transparency to rely on
  b: '#d55e00',
  bText: '#ad4a00',
  bBand: '#f9e8db',
  tie: '#767676',
  noVote: '#767676',
  neutralBand: '#eaeaeb',
  rope: '#f3f3f4',
  reference: {
    random: '#8b8e94',
    popularity: '#82858b',
    staticBest: '#75787e',
    untrained: '#5f6268',
    oracle: '#44484f',
  },
  warn: '#8a5a00',
  warnLine: '#e0b44c',
  warnSoft: '#fdf5e0',
  error: '#b3261e',
  errorLine: '#e6a49f',
  errorSoft: '#fcecea',
  sans:
    '-apple-system, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Noto Sans", "PingFang SC", ' +
    '"Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif',
  mono: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  /** Faces whose combining tilde sits on the letter: several UI fonts draw it through the Q. */
  symbols:
    '"Cambria Math", "STIX Two Text", "STIX Two Math", "Noto Sans", "DejaVu Sans", sans-serif',
} as const
