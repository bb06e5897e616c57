/** The one channel between a page and the host; messages both ways. */
export const RPC_CHANNEL = 'duelist:rpc'

/** Sent over it when a page starts: whatever an earlier page had under way is over. */
export const PAGE_STARTED = 'page started'

/** From the native menu to the page. */
export const MENU_CHANNEL = 'duelist:menu'

/** From the page, answered: a file to save. */
export const SAVE_CHANNEL = 'duelist:save'
