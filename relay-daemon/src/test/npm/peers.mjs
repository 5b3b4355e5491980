// Peers and sockets by name, one command each.
import { once } from 'node:events'
import PeerRelay from 'peer-relay'
import { payloadOf, valueOf } from './payloads.mjs'

const hex = (id) => id.toString('hex')
const bytesOf = (id) => Buffer.from(id, 'hex')

export class Peers {
  #emit
  #clients = new Map()
  #sockets = new Map()

  constructor (emit) {
    this.#emit = emit
  }

  commands () {
    return {
      open: (args) => this.#open(args),
      send: ({ name, to, ...payload }) => this.#client(name).send(bytesOf(to), valueOf(payload)),
      connect: ({ name, id }) => this.#client(name).connect(bytesOf(id)),
      disconnect: ({ name, id }) => this.#client(name).disconnect(bytesOf(id)),
      peers: ({ name }) => ({ ids: this.#client(name).peers.toArray().map((c) => hex(c.id)) }),
      destroy: ({ name }) => this.#destroy(name),
      'open-socket': (args) => this.#openSocket(args),
      'socket-send': (args) => this.#socketSend(args)
    }
  }

  /** Makes a peer whose events are left to the caller. */
  create (name, options) {
    this.#claim(name)
    const client = new PeerRelay(options)
    this.#clients.set(name, client)
    return client
  }

  async #open ({ name, port, bootstrap }) {
    const client = this.create(name, { port, bootstrap })
    this.#report(name, client)
    client.on('message', (data, from) => {
      this.#emit({ event: 'message', peer: name, from: hex(from), ...payloadOf(data) })
    })
    if (port != null) await once(client.wsConnector._wss, 'listening')
    return { id: hex(client.id), url: client.wsConnector.url }
  }

  async #openSocket ({ name, port, bootstrap }) {
    this.#claim(name)
    const socket = new PeerRelay.Socket({ bootstrap })
    this.#sockets.set(name, socket)
    this.#clients.set(name, socket.peer)
    this.#report(name, socket.peer)
    socket.on('message', (buffer, rinfo) => {
      const base64 = buffer.toString('base64')
      this.#emit({ event: 'socket-message', peer: name, base64, ...rinfo })
    })
    const listening = once(socket, 'listening')
    socket.bind(port)
    await listening
    return { id: socket.address().address, port: socket.address().port }
  }

  #socketSend ({ name, base64, port, address }) {
    const socket = this.#sockets.get(name)
    if (!socket) throw new Error(`name: ${name} (expected: an open socket)`)
    const buffer = Buffer.from(base64, 'base64')
    // Its third argument is an end, not a length; from offset 0 the two are the same.
    socket.send(buffer, 0, buffer.length, port, address)
  }

  #report (name, client) {
    const emit = (event, id) => this.#emit({ event, peer: name, id: hex(id) })
    client.on('peer', (id) => emit('peer', id))
    client.router.on('message', (message, from) => {
      if (message.type === 'foundPeers') emit('found-peers', from)
    })
    // Ahead of the package's own listener, which closes a duplicate link at once.
    client.wsConnector.prependListener('connection', (channel) => {
      channel.once('close', () => emit('closed', channel.id))
    })
  }

  // A socket's peer is destroyed directly: Socket.close passes no callback on, and a peer that does
  // not listen throws without one.
  async #destroy (name) {
    const client = this.#client(name)
    this.#clients.delete(name)
    this.#sockets.delete(name)
    await new Promise((resolve) => client.destroy(resolve))
  }

  #client (name) {
    const client = this.#clients.get(name)
    if (!client) throw new Error(`name: ${name} (expected: an open peer)`)
    return client
  }

  #claim (name) {
    if (this.#clients.has(name)) throw new Error(`name: ${name} (expected: one not in use)`)
  }
}
