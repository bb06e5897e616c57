import { EventEmitter } from 'node:events'

// Loaded into a forked child before its own code: gives it what Electron gives a utility process.
const port = new EventEmitter()
const parentPort = Object.assign(port, {
  postMessage: (message: unknown) => process.send?.(message),
})
process.on('message', (data) => port.emit('message', { data, ports: [] }))
process.on('disconnect', () => process.exit(0))
Object.assign(process, { parentPort })
