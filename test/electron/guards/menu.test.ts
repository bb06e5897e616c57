import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate, type MenuOptions } from '#electron/menu'

const open = (options: Partial<MenuOptions> = {}) => {
  const sent: string[] = []
  const template = menuTemplate({
    platform: 'linux',
    locale: 'en-GB',
    developer: false,
    send: (command) => sent.push(command),
    ...options,
  })
  return { template, sent, items: template.flatMap(submenu) }
}
const submenu = (item: MenuItemConstructorOptions) =>
  Array.isArray(item.submenu) ? item.submenu : []

describe('menuTemplate', () => {
  it('sends each command under its own id', () => {
    const { items, sent } = open()
    for (const item of items) (item.click as (() => void) | undefined)?.()
    expect(sent).toEqual(['experiment.new', 'report.export', 'settings.open', 'shortcuts.show'])
    expect(items.filter(({ click }) => click).map(({ id }) => id)).toEqual(sent)
  })

  it('speaks the language of the system, English where it has none', () => {
    const labels = (locale: string) =>
      open({ locale }).items.flatMap(({ label }) => (label === undefined ? [] : [label]))
    expect(labels('zh-CN')).toEqual(['新建实验', '导出报告…', '设置', '键盘快捷键'])
    expect(labels('zh-Hant-TW')).toEqual(labels('zh-CN'))
    expect(labels('fr')).toEqual(labels('en-US'))
  })

  it('shows the developer tools only to developers', () => {
    const roles = (developer: boolean) => open({ developer }).items.map(({ role }) => role)
    expect(roles(true)).toContain('toggleDevTools')
    expect(roles(false)).not.toContain('toggleDevTools')
  })

  it('has the application menu on a Mac alone, where windows close and apps quit there', () => {
    const mac = open({ platform: 'darwin' })
    expect(mac.template[0]).toEqual({ role: 'appMenu' })
    expect(mac.items.some(({ role }) => role === 'quit')).toBe(false)
    expect(open().items.some(({ role }) => role === 'quit')).toBe(true)
  })
})
