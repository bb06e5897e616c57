/** Nouns that stand after a count in the words of the page and of reports, and are not formed by an s alone. */
const irregular: Readonly<Record<string, string>> = {
  policies: 'policy',
  queries: 'query',
  leaves: 'leaf',
  axes: 'axis',
  children: 'child',
  switches: 'switch',
  searches: 'search',
  processes: 'process',
  entries: 'entry',
}
const regular = [
  'actions agents arms bins blocks candidates checks clicks columns comparisons contexts datasets days',
  'decisions duels episodes files hours impressions items layers levels lists looks metrics minutes models',
  'moments nodes numbers pages parts points positions ranks rankers records repetitions reports requests',
  'returns rounds rows runs seconds seeds segments settings sides slates slots starts steps teams trees',
  'types updates users votes warnings weights windows words',
  'deviations documents features grades intervals jobs parameters products ratings siblings sources',
  'topics trainings visits worlds',
].join(' ')
const nouns = [...Object.keys(irregular), ...regular.split(' ')].join('|')
// not 0.1 lists, 1,001 lists, −1 lists
const counted = new RegExp(`(?<![\\d.,−-])1 ((?:[a-z-]+ )?)(${nouns})\\b`, 'g')

/** English text with “1 lists” as it is said: “1 list”. One word may stand between, as in “1 logged lists”. */
export const singular = (text: string): string =>
  text.includes('1 ')
    ? text.replace(
        counted,
        (_, between: string, noun: string) => `1 ${between}${irregular[noun] ?? noun.slice(0, -1)}`,
      )
    : text
