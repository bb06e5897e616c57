import type { CallbackResponse, OnBeforeRequestListenerDetails, Session } from 'electron'

type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  answer: (response: CallbackResponse) => void,
) => void
type Check = Parameters<Session['setPermissionCheckHandler']>[0]
type Ask = Parameters<Session['setPermissionRequestHandler']>[0]
type Device = Parameters<Session['setDevicePermissionHandler']>[0]

let beforeRequest: BeforeRequest | undefined

/** What the app has set; permissions are recorded only, as Chromium is never asked for one here. */
export const permissions: { check: Check; request: Ask; device: Device } = {
  check: null,
  request: null,
  device: null,
}

export const session = {
  defaultSession: {
    setPermissionCheckHandler: (handler: Check) => void (permissions.check = handler),
    setPermissionRequestHandler: (handler: Ask) => void (permissions.request = handler),
    setDevicePermissionHandler: (handler: Device) => void (permissions.device = handler),
    webRequest: {
      onBeforeRequest: (handler: BeforeRequest) => void (beforeRequest = handler),
    },
  },
}

/** Whether the app's own filter lets a request pass. */
export function passesFilter(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!beforeRequest) resolve(true)
    else {
      const details = { url } as OnBeforeRequestListenerDetails
      beforeRequest(details, ({ cancel }) => resolve(!cancel))
    }
  })
}
