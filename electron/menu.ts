import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '#core/rpc/bridge'

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  /** Of the system, such as `zh-CN`. */
  readonly locale: string
  /** Adds the developer tools. */
  readonly developer: boolean
  readonly send: (command: MenuCommand) => void
}

const english = {
  file: 'File',
  newExperiment: 'New experiment',
  exportReport: 'Export report…',
  settings: 'Settings',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  shortcuts: 'Keyboard shortcuts',
}

const chinese: typeof english = {
  file: '文件',
  newExperiment: '新建实验',
  exportReport: '导出报告…',
  settings: '设置',
  edit: '编辑',
  view: '视图',
  window: '窗口',
  help: '帮助',
  shortcuts: '键盘快捷键',
}

/** The native menu. What the system does itself are roles, which it also translates. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, locale, developer, send } = options
  const label = locale.toLowerCase().startsWith('zh') ? chinese : english
  const command = (
    id: MenuCommand,
    text: string,
    accelerator?: string,
  ): MenuItemConstructorOptions => ({
    id,
    label: text,
    click: () => send(id),
    ...(accelerator === undefined ? {} : { accelerator }),
  })

  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: label.file,
      submenu: [
        command('experiment.new', label.newExperiment, 'CmdOrCtrl+N'),
        command('report.export', label.exportReport, 'CmdOrCtrl+Shift+E'),
        { type: 'separator' },
        command('settings.open', label.settings, 'CmdOrCtrl+,'),
        { type: 'separator' },
        { role: platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { label: label.edit, role: 'editMenu' },
    {
      label: label.view,
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(developer ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    { label: label.window, role: 'windowMenu' },
    { label: label.help, submenu: [command('shortcuts.show', label.shortcuts)] },
  ]
}
