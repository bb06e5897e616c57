import type { Console } from './openConsole.ts'

/** Brings a CSV file in through the Data page, as a user does, and waits until it is listed. */
export async function importFile(
  { page, go }: Pick<Console, 'page' | 'go'>,
  name: string,
  text: string,
): Promise<void> {
  await go('/data')
  const file = { name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByLabel('Name of the dataset').fill(name)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page
    .getByRole('link', { name: new RegExp(`Show ${name}|${name}`) })
    .first()
    .waitFor()
}
