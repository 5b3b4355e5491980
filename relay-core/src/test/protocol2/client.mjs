// A leaf that dials a relay, from docs/protocol.md.
import { EventEmitter, once } from 'node:events'
import { randomBytes } from 'node:crypto'
import WebSocket from 'ws'
import * as wire from './wire.mjs'

const VERSIONS = { lowest: 2, highest: 2 }
const HANDSHAKE_MS = 10_000
const QUIET_MS = 15_000
const DEAD_MS = 45_000
const REMEMBERED = 10_000
const NONCES = 10n ** 15n
const PUBLISH_MS = 900_000
/** Three times the time to the next, so that two may be lost. */
const POINTER_LIFETIME_S = 2700

/**
 * Emits `datagram` for what is addressed to this peer, `skipped` and `dropped` for what is not for
 * it, `text` for a text message, and `closed` with {code, reason}, exactly once.
 */
export class Client extends EventEmitter {
  #socket
  #identity
  #expectedId
  #corrupt
  #sentFrames
  #acceptorHello
  #heardMs
  #timers = []
  #work = Promise.resolve()
  #seen = new Set()
  linked = false

  /** The ids, in hexadecimal digits, of the swarms that this peer is in. */
  swarms = new Set()

  /**
   * @param identity from identityOf
   * @param options expectedId: close unless the acceptor has it; sentFrames: {hello, proof} to send
   *   once more instead of new ones; corrupt: 'signature', 'side' or 'id'; hello: changes of HELLO
   */
  constructor (identity, options = {}) {
    super()
    this.#identity = identity
    this.#expectedId = options.expectedId
    this.#corrupt = options.corrupt
    this.#sentFrames = options.sentFrames
    this.helloChanges = options.hello ?? {}
  }

  get id () {
    return this.#identity.id
  }

  get identity () {
    return this.#identity
  }

  /** Resolves when both proofs are checked, or when the link has been closed. */
  async dial (url) {
    const { protocol, hostname, port } = new URL(url)
    this.authority = `${hostname}:${port || (protocol === 'wss:' ? 443 : 80)}`
    this.#socket = new WebSocket(url, wire.SUBPROTOCOL, {
      perMessageDeflate: false,
      maxPayload: wire.MAX_FRAME_BYTES
    })
    this.#socket.on('message', (data, isBinary) => this.#enqueue(data, isBinary))
    this.#socket.on('ping', () => this.#heard())
    this.#socket.on('pong', () => this.#heard())
    this.#socket.on('error', () => {})
    this.#socket.on('close', (code, reason) => this.#closed(code, reason.toString()))
    const deadline = setTimeout(() => this.close(4004, 'handshake not done'), HANDSHAKE_MS)
    this.#timers.push(deadline)
    await Promise.race([once(this, 'linked'), once(this, 'closed')])
    clearTimeout(deadline)
  }

  /** Sends a user datagram; returns its nonce. */
  send (to, payload) {
    return this.sendKind(wire.KIND.user, to, wire.writePayload(payload))
  }

  findPeers (target) {
    return this.sendKind(wire.KIND.findPeers, this.relayId, { content: target })
  }

  /** Asks `to` for a pong with the nonce that this returns. */
  ping (to) {
    return this.sendKind(wire.KIND.ping, to)
  }

  /** Asks all on the way to `to` for a trace-hop with the nonce that this returns. */
  trace (to) {
    return this.sendKind(wire.KIND.trace, to)
  }

  sendKind (kind, to, { flags = 0, content = Buffer.alloc(0) } = {}, changes = {}) {
    const nonce = randomNonce()
    this.sendRaw(wire.writeDatagram(
      { kind, flags, nonce, to, from: this.id, content, ...changes }))
    return nonce
  }

  sendRaw (frame) {
    this.#socket.send(frame)
  }

  sendText (text) {
    this.#socket.send(text, { binary: false })
  }

  close (code = 1000, reason = '') {
    this.#socket.close(code, reason)
  }

  /** What this end sent in its handshake, for another client to send once more. */
  get handshakeFrames () {
    return this.#sentFrames
  }

  #enqueue (data, isBinary) {
    this.#heard()
    // One message after the other, although the checks of a proof are asynchronous.
    this.#work = this.#work.then(() => this.#receive(data, isBinary)).catch((e) => {
      if (!(e instanceof wire.ProtocolError)) throw e
      if (e.code === null) this.emit('dropped', e.message)
      else this.close(e.code, e.message)
    })
  }

  async #receive (data, isBinary) {
    if (!isBinary) {
      this.emit('text', data.toString())
      throw new wire.ProtocolError(1003, 'text message')
    }
    if (data.length === 0) throw new wire.ProtocolError(1007, 'empty frame')
    if (!this.#acceptorHello) await this.#answerHello(data)
    else if (!this.linked) await this.#checkProof(data)
    else if (data[0] >= 0x80) this.emit('skipped', data[0])
    else await this.#receiveDatagram(wire.readDatagram(data))
  }

  async #answerHello (frame) {
    const theirs = wire.readHello(frame)
    this.relayId = await wire.idOf(theirs.publicKey)
    if (this.relayId.equals(this.id)) throw new wire.ProtocolError(4002, 'dialed itself')
    if (this.#expectedId && !this.relayId.equals(this.#expectedId)) {
      throw new wire.ProtocolError(4006, `id: ${this.relayId.toString('hex')}`)
    }
    wire.commonVersion(VERSIONS, theirs)
    const mine = {
      ...VERSIONS,
      role: 'leaf',
      publicKey: this.#identity.publicKey,
      random: randomBytes(32),
      authority: this.authority,
      ...this.helloChanges
    }
    this.#acceptorHello = frame
    this.relayHello = theirs
    this.#sentFrames ??= await this.#handshake(wire.writeHello(mine))
    this.sendRaw(this.#sentFrames.hello)
    this.sendRaw(this.#sentFrames.proof)
  }

  async #handshake (hello) {
    const side = this.#corrupt === 'side' ? wire.ACCEPTOR : wire.DIALER
    const other = this.#corrupt === 'id' ? this.id : this.relayId
    const signed = await wire.transcript(side, hello, this.#acceptorHello, other)
    const proof = await wire.writeProof(this.#identity, signed)
    if (this.#corrupt === 'signature') proof[20] ^= 1
    return { hello, proof }
  }

  async #checkProof (frame) {
    const { hello } = this.#sentFrames
    const signed = await wire.transcript(wire.ACCEPTOR, hello, this.#acceptorHello, this.id)
    if (!await wire.proofHolds(frame, this.relayHello.publicKey, signed)) {
      throw new wire.ProtocolError(4012, 'the proof does not hold')
    }
    this.linked = true
    this.#timers.push(setInterval(() => this.#checkLife(), 1000))
    this.#timers.push(setInterval(() => this.#publish(), PUBLISH_MS))
    this.emit('linked')
    await this.#publish()
  }

  /** Tells the relay where this peer is, for others to find it. */
  async #publish () {
    const pointer = await wire.signPointer(this.#identity, {
      lifetimeS: POINTER_LIFETIME_S,
      issued: BigInt(Date.now()),
      relays: [this.relayId]
    })
    const content = Buffer.concat([Buffer.from([0]), pointer]) // to pass on
    if (this.linked) this.sendKind(wire.KIND.pointer, this.relayId, { content })
  }

  async #receiveDatagram (datagram) {
    if (!this.#isFor(datagram)) return this.emit('dropped', 'for somebody else')
    const key = `${datagram.from.toString('hex')} ${datagram.nonce}`
    if (this.#seen.has(key)) {
      if (datagram.attempt > 0) this.#acknowledge(datagram)
      return this.emit('dropped', 'duplicate')
    }
    this.#seen.add(key)
    if (this.#seen.size > REMEMBERED) this.#seen.delete(this.#seen.values().next().value)
    const content = await wire.readContent(datagram.kind, datagram.flags, datagram.content)
    if (content === null) return this.emit('skipped', datagram.kind)
    this.#answer(datagram)
    this.emit('datagram', { ...datagram, content })
  }

  #isFor ({ kind, to }) {
    return to.equals(this.id) ||
      (kind === wire.KIND.swarmCast && this.swarms.has(to.toString('hex')))
  }

  /** Tells the author that it has arrived, the same way that it has come. */
  #acknowledge ({ kind, flags, attempt, nonce, from }) {
    const { user, ping, pong } = wire.KIND
    if (kind === ping || (kind === user && flags & wire.FLAG_ANSWER)) {
      this.sendKind(pong, from, { content: wire.uint64(nonce) }, { attempt })
    }
  }

  #answer (datagram) {
    const { kind, hops, nonce, from } = datagram
    const { handshakeOffer, handshakeAnswer, trace, traceHop } = wire.KIND
    this.#acknowledge(datagram)
    if (kind === handshakeOffer) {
      const content = Buffer.from([0]) // no WebRTC, and no URL since it listens nowhere
      this.sendKind(handshakeAnswer, from, { content })
    }
    if (kind === trace) {
      const content = wire.writeArrival({ nonce, hops })
      this.sendKind(traceHop, from, { content })
    }
  }

  #heard () {
    this.#heardMs = Date.now()
  }

  #checkLife () {
    const quietMs = Date.now() - this.#heardMs
    if (quietMs >= DEAD_MS) this.close(4003, 'nothing heard')
    else if (quietMs >= QUIET_MS) this.#socket.ping()
  }

  #closed (code, reason) {
    this.#timers.forEach(clearInterval)
    this.linked = false
    this.emit('closed', { code, reason })
  }
}

export function randomNonce () {
  // The bias of the remainder is below 2^-14.
  return BigInt('0x' + randomBytes(8).toString('hex')) % NONCES
}
