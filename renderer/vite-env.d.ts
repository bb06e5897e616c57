import type { DesktopBridge } from '#core/rpc/bridge'

declare global {
  interface Window {
    /** Put there by the preload of the desktop app; absent in a browser tab. */
    readonly duelist?: DesktopBridge
  }
}
