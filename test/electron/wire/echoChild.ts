import { nodeWire } from '#electron/wire/process'

const wire = nodeWire(process)
wire.onMessage((message) => {
  if (message === 'die') process.exit(3)
  wire.send({ echoed: message })
})
