import { onMounted, shallowRef, type ShallowRef } from 'vue'

let last: Promise<void> = Promise.resolve()

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))

/**
 * True once it is this component's turn. Turns come one per frame, so that several heavy components
 * which are mounted together do not share one long frame.
 */
export function useTurn(): ShallowRef<boolean> {
  const isOn = shallowRef(false)
  onMounted(() => {
    last = last.then(nextFrame).then(() => {
      isOn.value = true
    })
  })
  return isOn
}
