/** Words of Δ in windows of time. */
export const windows = {
  title: 'Δ in windows of time',
  unit: '{n} window of users as they left · exploratory | {n} windows of users as they left · exploratory',
  say: 'Δ is {low} in the one window with an interval. | Δ lies between {low} and {high} in {n} windows; {a} speak for A, {b} for B, the others for neither.',
  none: 'Not estimable yet: no window holds enough users with a vote.',
  note: 'To look at, not for the verdict: windows are exploratory. They hold equally many users, were declared before anybody looked, and share no one. Thick: a window alone. Thin: at an error rate of {each}, so that all of them hold at once with {level} (union bound at {rate}). A user counts whole, in the window of its last list.',
  whole: 'all {delta}',
  from: 'From user',
  to: 'to user',
  end: 'Impressions at its end',
  aloneLow: 'Alone, low',
  aloneHigh: 'Alone, high',
}
