import { useEventListener, useMutationObserver, useThrottleFn } from '@vueuse/core'
import type { Ref } from 'vue'

/** Milliseconds between two looks for numbers that came or went: a live page has many of them. */
const LOOK_EVERY = 200

const FIGURE = '.figure-link'
/** What makes its numbers, or all its buttons and links where it says so itself, one Tab stop. */
const GROUP = '[data-roving], .card, section'
const CONTROL = 'a[href], button:not(:disabled), input[type="checkbox"]'

type Direction = 'ArrowUp' | 'ArrowDown'

/** Nearest in the next row above or below: rows come before columns, as in a table. */
function nearest(
  from: HTMLElement,
  members: readonly HTMLElement[],
  direction: Direction,
): HTMLElement | undefined {
  const own = from.getBoundingClientRect()
  const candidates = members
    .map((member) => ({ member, box: member.getBoundingClientRect() }))
    .map(({ member, box }) => ({
      member,
      down: direction === 'ArrowDown' ? box.top - own.bottom : own.top - box.bottom,
      across: Math.abs(box.left + box.right - own.left - own.right) / 2,
    }))
    // boxes of neighbouring rows may touch or overlap a little
    .filter(({ member, down }) => member !== from && down > -own.height / 2)
  const closest = Math.min(...candidates.map(({ down }) => down))
  return candidates
    .filter(({ down }) => down <= closest + own.height / 2)
    .sort((one, other) => one.across - other.across)[0]?.member
}

/**
 * Makes each group of numbers on the page one Tab stop, as a toolbar is: Tab meets the number that was last used
 * there, the arrows go to the next, Home and End to the first and the last. Numbers are found in the page, so that a
 * component only has to show them.
 */
export function useRoving(root: Readonly<Ref<HTMLElement | null>>): void {
  const groupOf = (member: Element): Element | null => member.closest(GROUP) ?? root.value
  const membersOf = (group: Element): HTMLElement[] => {
    const found = group.querySelectorAll<HTMLElement>(
      group.hasAttribute('data-roving') ? CONTROL : FIGURE,
    )
    return [...found].filter((member) => groupOf(member) === group)
  }
  function setStop(members: readonly HTMLElement[], stop: HTMLElement) {
    for (const member of members) {
      const tabIndex = member === stop ? 0 : -1
      if (member.getAttribute('tabindex') !== String(tabIndex)) member.tabIndex = tabIndex
    }
  }
  /** Groups may have lost the number that was their stop. */
  function look() {
    const figures = root.value?.querySelectorAll(`${FIGURE}, [data-roving] :is(${CONTROL})`) ?? []
    for (const group of new Set([...figures].map(groupOf))) {
      const members = group ? membersOf(group) : []
      const stop = members.find((member) => member.getAttribute('tabindex') === '0') ?? members[0]
      if (stop) setStop(members, stop)
    }
  }
  const lookSoon = useThrottleFn(look, LOOK_EVERY, true)
  useMutationObserver(root, () => void lookSoon(), {
    childList: true,
    subtree: true,
  })

  /** The group that an event comes from, when it comes from one of its members. */
  function within(event: Event): { member: HTMLElement; members: readonly HTMLElement[] } | null {
    const { target } = event
    const group = target instanceof HTMLElement ? groupOf(target) : null
    const members = group ? membersOf(group) : []
    const member = members.find((one) => one === target)
    return member ? { member, members } : null
  }
  useEventListener(root, 'focusin', (event) => {
    const found = within(event)
    if (found) setStop(found.members, found.member)
  })
  useEventListener(root, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (!/^(Arrow|Home$|End$)/.test(key)) return
    const found = within(event)
    if (!found) return
    const { member, members } = found
    const at = members.indexOf(member)
    const next =
      key === 'Home'
        ? members[0]
        : key === 'End'
          ? members.at(-1)
          : key === 'ArrowLeft'
            ? members[at - 1]
            : key === 'ArrowRight'
              ? members[at + 1]
              : nearest(member, members, key as Direction)
    event.preventDefault()
    next?.focus()
  })
}
