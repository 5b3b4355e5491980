// npm peer-relay as a server: node peer-relay-server.mjs PORT. Prints its id.
import { Server } from 'node:net'
import PeerRelay from 'peer-relay'

// The package listens on every address and has no option for it.
const listen = Server.prototype.listen
Server.prototype.listen = function (port) {
  return listen.call(this, port, '127.0.0.1')
}

const client = new PeerRelay({ port: Number(process.argv[2]), bootstrap: [] })
console.log(`id ${client.id.toString('hex')}`)
