import { registerHooks } from 'node:module'

// `node --import register.ts dist/main/main.js` runs the app unchanged: its `electron` is ours.
const standin = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (name, context, next) =>
    name === 'electron'
      ? { url: standin, format: 'module-typescript', shortCircuit: true }
      : next(name, context),
})
