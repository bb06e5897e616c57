/** The first character, in pinyin order, of each initial letter; no syllable begins with I, U or V. */
const firsts = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他屲夕丫帀'
const letters = 'abcdefghjklmnopqrstwxyz'
const byPinyin = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/** Letters and digits as they are, of each Chinese character the first letter of its pinyin: 新建 → xj. */
export function pinyinInitials(text: string): string {
  return Array.from(text.toLowerCase(), initial).join('')
}

function initial(character: string): string {
  if (/[a-z0-9]/.test(character)) return character
  if (!/\p{Script=Han}/u.test(character)) return ''
  let at = 0
  while (at + 1 < letters.length && byPinyin.compare(firsts[at + 1]!, character) <= 0) at++
  return letters[at]!
}
