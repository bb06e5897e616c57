import type { Paper } from './reportContent.ts'
import { tokens as t } from './tokens.ts'

/** Characters of a CSS string: anything but letters, digits and plain marks is written by its code. */
function cssString(text: string): string {
  const safe = text.replace(
    /[^\w .·:-]/gu,
    (character) => `\\${character.codePointAt(0)!.toString(16)} `,
  )
  return `"${safe}"`
}

/** Sheets at 96 dots per inch. */
const sheets: Readonly<Record<Paper, { readonly width: number; readonly height: number }>> = {
  A4: { width: 794, height: 1123 },
  Letter: { width: 816, height: 1056 },
}

/** The style of a report, on the screen as a sheet of paper and in print with the footer on every page. */
export function styleSheet(footer: string, hash: string, paper: Paper): string {
  const { width, height } = sheets[paper]
  return `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:${t.sunken};color:${t.ink};font:12px/18px ${t.sans};font-variant-numeric:tabular-nums;-webkit-print-color-adjust:exact;print-color-adjust:exact;overflow-wrap:break-word}
main{width:${width}px;max-width:100%;min-height:${height}px;margin:24px auto;padding:52px 64px 40px;background:${t.surface};border:1px solid ${t.line};border-radius:8px}
.sym{font-family:${t.symbols}}
.kick{display:flex;align-items:center;gap:8px;padding-bottom:8px;border-bottom:1px solid ${t.ink};color:${t.ink3};font-size:11px}
.kick b{color:${t.ink};font-weight:600;white-space:nowrap}
.kick span{min-width:0;overflow-wrap:anywhere}
.kick .end{margin-left:auto;white-space:nowrap}
h1{margin:22px 0 0;font-size:26px;line-height:34px;letter-spacing:-.022em;font-weight:600;text-wrap:balance}
h1.long{font-size:21px;line-height:29px}
:lang(zh) h1{font-size:24px;line-height:36px;letter-spacing:0}
.nb{white-space:nowrap}
.lead{margin:8px 0 0;max-width:620px;color:${t.ink2};font-size:13px;line-height:20px;text-wrap:pretty}
.note,.alarm{margin:14px 0 0;padding:8px 12px;border:1px solid ${t.warnLine};border-radius:5px;background:${t.warnSoft};color:${t.warn}}
.alarm{border-color:${t.errorLine};background:${t.errorSoft};color:${t.error};font-weight:600}
h2{display:flex;gap:10px;margin:26px 0 6px;font-size:14px;line-height:20px;font-weight:600;break-after:avoid}
h2 i{color:${t.ink3};font-style:normal;font-weight:400}
h3{margin:14px 0 4px;font-size:12px;line-height:18px;font-weight:600;break-after:avoid}
ul,ol{margin:0 0 8px;padding-left:20px;color:${t.ink2}}
code{font:11px/16px ${t.mono}}
.verdict{margin:10px 0 12px;break-inside:avoid}
.verdict .of{margin:0 0 2px;color:${t.ink3};font-size:11px}
.verdict .headline{margin:0 0 2px;color:${t.ink};font-size:14px;line-height:20px;font-weight:600}
p{margin:0 0 8px;color:${t.ink2};text-wrap:pretty;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:1fr 1fr;gap:0 36px;margin:0}
dl>div{display:grid;grid-template-columns:152px 1fr;padding:4px 0;border-bottom:1px solid ${t.line};break-inside:avoid}
dt{color:${t.ink3}}
dd{margin:0;overflow-wrap:anywhere}
dl.wide{grid-template-columns:1fr}
dl.mono dd{font-family:${t.mono};font-size:11px}
table{width:100%;border-collapse:collapse;margin:0 0 8px}
th,td{padding:4px 0 4px 12px;border-bottom:1px solid ${t.line};text-align:right;vertical-align:top}
th{color:${t.ink3};font-weight:400;white-space:nowrap}
th:first-child,td:first-child{padding-left:0;text-align:left}
tr{break-inside:avoid}
td.v,td.n{white-space:nowrap}
td.i,td.n{color:${t.ink2}}
tr.decides td.v{font-weight:600}
.muted{color:${t.ink3}}
.warn{color:${t.warn};font-weight:500}
.block{color:${t.error};font-weight:600}
figure{margin:16px 0 8px;break-inside:avoid;font-variant-numeric:normal}
figure>svg{display:block;width:100%;height:auto;overflow:visible}
figure h3{margin:0 0 8px;font-size:12px;line-height:18px;font-weight:600}
figcaption{margin-top:6px;color:${t.ink3};font-size:11px;line-height:16px}
details{margin-top:4px;font-size:11px}
summary{width:max-content;color:${t.ink3};cursor:pointer;padding:3px 0}
summary:focus-visible{outline:2px solid ${t.ink};outline-offset:2px;border-radius:3px}
details table{font-variant-numeric:tabular-nums}
details th,details td{padding:2px 0 2px 10px;white-space:nowrap}
.scroll{overflow-x:auto}
pre{margin:4px 0 8px;padding:8px 12px;border:1px solid ${t.line};border-radius:5px;background:${t.sunken};font:11px/16px ${t.mono};white-space:pre-wrap;overflow-wrap:anywhere}
footer{display:flex;justify-content:space-between;gap:16px;margin-top:32px;padding-top:8px;border-top:1px solid ${t.line};color:${t.ink3};font-size:10px;line-height:14px}
@media (max-width:700px){main{margin:0;padding:24px 16px;border:0;border-radius:0}dl{grid-template-columns:1fr}.kick{flex-wrap:wrap}}
@page{size:${paper === 'A4' ? 'A4' : 'letter'};margin:52px 64px 60px;
@bottom-left{content:${cssString(footer)};font:10px ${t.sans};color:${t.ink3}}
@bottom-center{content:${cssString(hash)};font:10px ${t.sans};color:${t.ink3}}
@bottom-right{content:counter(page) " / " counter(pages);font:10px ${t.sans};color:${t.ink3}}}
@media print{body{background:${t.surface}}main{width:auto;min-height:0;margin:0;padding:0;border:0}footer{display:none}figure details{display:none}p{orphans:3;widows:3}h2+p{break-after:avoid;break-inside:avoid}pre{font-size:9px;line-height:12px}pre.long{columns:2;column-gap:24px}}
`.trim()
}
