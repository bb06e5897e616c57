import { readFile } from 'node:fs/promises'

/** An `@font-face` rule that carries its woff2 file. @param range the code points it is for, as in CSS */
export async function dataFace(
  family: string,
  weight: number,
  file: string,
  range?: string,
): Promise<string> {
  const font = (await readFile(file)).toString('base64')
  const limit = range ? `unicode-range:${range};` : ''
  return `@font-face{font-family:"${family}";font-weight:${weight};${limit}src:url(data:font/woff2;base64,${font}) format("woff2")}`
}
