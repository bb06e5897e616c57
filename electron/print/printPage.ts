import { textFaces } from './textFaces.ts'
import { tildeFaces } from './tildeFaces.ts'

/** Turns a self-contained page into a PDF. @throws RpcError `UNAVAILABLE` where nothing can print */
export type Print = (html: string) => Promise<Uint8Array>

/**
 * The report's page as it goes to a printer: the same, with its fonts and letters with a tilde embedded,
 * and a policy that lets them in. Still nothing is fetched and no script runs.
 */
export async function printPage(html: string): Promise<string> {
  const faces = [await textFaces(html), await tildeFaces()].join('\n')
  const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
  return html
    .replace(/(<meta http-equiv="Content-Security-Policy" content=")[^"]*/, `$1${policy}`)
    .replaceAll('"PingFang SC"', '"Noto Sans SC","PingFang SC"')
    .replaceAll('&quot;PingFang SC&quot;', '&quot;Noto Sans SC&quot;,&quot;PingFang SC&quot;')
    .replaceAll('"Cambria Math"', '"Tilde","Cambria Math"')
    .replaceAll('&quot;Cambria Math&quot;', '&quot;Tilde&quot;,&quot;Cambria Math&quot;')
    .replace('</head>', () => `<style>${faces}</style>\n</head>`)
}
