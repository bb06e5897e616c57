/** Where the defaults of parameters come from; publications are named as they are. */
export const sources = {
  said: 'Default {value}: {source}.',
  reported: 'DRN’s, as others report it',
  bench: 'as the drift bench was measured with',
  choice: 'a choice of ours',
}
