import type { Dialog, MenuItemConstructorOptions, Shell } from 'electron'

/** What the app did to the desktop around it. */
export const record = {
  openedExternally: [] as string[],
  errorBoxes: [] as { title: string; content: string }[],
  /** Requests that would have left the machine. */
  blockedRequests: [] as string[],
}

export const shell = {
  openExternal(url: string) {
    record.openedExternally.push(url)
    return Promise.resolve()
  },
} satisfies Partial<Shell>

/** Dialogs are cancelled unless a test replaces the function, as it would in Electron. */
export const dialog = {
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showErrorBox(title: string, content: string) {
    record.errorBoxes.push({ title, content })
  },
} satisfies Partial<Dialog>

export class MenuItem {
  readonly id: string | undefined
  readonly label: string
  readonly submenu: Menu | undefined
  readonly #click: (() => void) | undefined

  constructor(options: MenuItemConstructorOptions) {
    this.id = options.id
    this.label = options.label ?? options.role ?? ''
    this.submenu = Array.isArray(options.submenu)
      ? Menu.buildFromTemplate(options.submenu)
      : undefined
    this.#click = options.click as (() => void) | undefined
  }

  click(): void {
    this.#click?.()
  }
}

export class Menu {
  static #application: Menu | null = null
  readonly items: readonly MenuItem[]

  constructor(items: readonly MenuItem[]) {
    this.items = items
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template.map((options) => new MenuItem(options)))
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}
