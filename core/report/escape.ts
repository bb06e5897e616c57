const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for HTML or SVG, in an element or a quoted attribute. Characters XML forbids become �. */
export function escapeMarkup(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character]!)
}

const WITH_TILDE = /([A-Z]\u0303)/g

/** As `escapeMarkup`; letters with a tilde get the face that draws them well. */
export function escapeWords(text: string, tag: 'span' | 'tspan' = 'span'): string {
  return escapeMarkup(text).replace(WITH_TILDE, `<${tag} class="sym">$1</${tag}>`)
}

/** Text for Markdown outside of code: nothing in it is markup, HTML or a new table cell. */
export function escapeMarkdown(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~$&!]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2')
    .replace(/(https?|ftp|mailto):/gi, '$1\u200b:')
    .replace(/@(?=\w)/g, '@\u200b')
}
