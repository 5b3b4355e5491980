// A member of a swarm, from docs/protocol.md, section 11. Its home is the relay of its client.
import { EventEmitter } from 'node:events'
import { randomBytes } from 'node:crypto'
import { randomNonce } from './client.mjs'
import * as wire from './wire.mjs'

const LIFETIME_S = 180
const PUBLISH_MS = 60_000
const SYNC_MS = 10_000
const ALL = ['00'.repeat(wire.ID_BYTES), 'ff'.repeat(wire.ID_BYTES)]

/**
 * Emits `joined` once its home has answered, `join` and `leave` with an id in hexadecimal digits,
 * `refused` with that of who does not know the key, and `data` with {from, toAll, number, payload}.
 */
export class Member extends EventEmitter {
  #client
  #swarm
  #token = randomBytes(8)
  #issued = 0n
  #timers
  #isJoined = false
  #work = Promise.resolve()

  /** The last authentic word of each other member, by its id. */
  #last = new Map()
  #present = new Set()

  /** Whom the home takes for members, and who are none. */
  #refused = new Set()

  /** @param swarm from swarmOf */
  constructor (client, swarm) {
    super()
    this.#client = client
    this.#swarm = swarm
  }

  async join () {
    this.#client.swarms.add(this.#id)
    this.#client.on('datagram', (datagram) => {
      this.#work = this.#work.then(() => this.#receive(datagram))
    })
    this.#timers = [
      setInterval(() => this.#publish(), PUBLISH_MS),
      setInterval(() => this.ask(), SYNC_MS)
    ]
    this.#client.on('closed', () => this.#timers.forEach(clearInterval))
    await this.#publish()
    this.ask()
  }

  async leave () {
    this.#timers.forEach(clearInterval)
    this.#client.swarms.delete(this.#id)
    await this.#publish(true)
  }

  /** Sends to a member, or to all if `to` is absent. */
  async send (use, name, payload, to) {
    const number = await wire.numberOf(this.#swarm, use, name)
    const nonce = randomNonce()
    const receiver = to ?? this.#swarm.id
    const said = { author: this.#client.id, to: receiver, nonce, number, payload }
    const tag = await wire.dataTag(this.#swarm, said)
    const content = wire.writeData({ swarm: this.#swarm.id, number, tag, payload })
    const kind = to ? wire.KIND.swarmData : wire.KIND.swarmCast
    this.#client.sendKind(kind, receiver, { content }, { nonce })
  }

  /** Asks the home for the members that it knows and this one does not. */
  ask () {
    const ids = [this.#self, ...this.#present, ...this.#refused].map((id) => Buffer.from(id, 'hex'))
    this.#sendHome(wire.KIND.swarmSync, wire.writeSync({
      swarm: this.#swarm.id,
      asker: this.#client.id,
      token: this.#token,
      sums: wire.sumsOf(ids)
    }))
  }

  /** The raw public key of a member that is there, by its id in hexadecimal digits; or null. */
  publicKeyOf (id) {
    return this.#present.has(id) ? Buffer.from(this.#last.get(id).publicKey, 'hex') : null
  }

  get #id () {
    return this.#swarm.id.toString('hex')
  }

  get #self () {
    return this.#client.id.toString('hex')
  }

  async #publish (leaves = false) {
    const nowMs = BigInt(Date.now())
    this.#issued = nowMs > this.#issued ? nowMs : this.#issued + 1n
    const said = { leaves, lifetimeS: LIFETIME_S, issued: this.#issued }
    const membership = await wire.signMembership(this.#client.identity, this.#swarm, said)
    this.#sendHome(
      wire.KIND.swarmPublish, wire.writePublish(false, [wire.writeRecord({ membership })]))
  }

  #sendHome (kind, content) {
    this.#client.sendKind(kind, this.#client.relayId, { content })
  }

  async #receive (datagram) {
    const { kind, content } = datagram
    const { swarmNews, swarmCast, swarmData } = wire.KIND
    if (content.swarm !== this.#id || !this.#client.swarms.has(this.#id)) return
    if (kind === swarmNews) await this.#onNews(datagram)
    if (kind === swarmCast || kind === swarmData) await this.#onData(datagram)
  }

  async #onNews ({ from, content: { token, span, records } }) {
    if (!from.equals(this.#client.relayId) || token !== this.#token.toString('hex')) return
    const there = new Set()
    for (const record of records) {
      const { peer } = record.membership
      if (!record.gone && !record.membership.leaves) there.add(peer)
      if (peer !== this.#self) await this.#onRecord(record)
    }
    const isEqual = records.length === 0 && span?.join() === ALL.join()
    if (span && !isEqual) await this.#onSpan(span, there)
    if (!this.#isJoined) this.emit('joined')
    this.#isJoined = true
  }

  /** Who is in the span is in `there`, or is not there. */
  async #onSpan ([first, lastId], there) {
    const isMissing = (id) => first <= id && id <= lastId && !there.has(id)
    for (const id of [...this.#present].filter(isMissing)) this.#leave(id)
    for (const id of [...this.#refused].filter(isMissing)) this.#refused.delete(id)
    if (isMissing(this.#self)) await this.#publish()
  }

  async #onRecord ({ gone, membership }) {
    const { peer } = membership
    const last = this.#last.get(peer)
    const newerBy = last ? BigInt(membership.issued) - BigInt(last.issued) : 1n
    if (newerBy < 0n) return
    if (newerBy > 0n && !await this.#isAuthentic(membership)) {
      if (gone || membership.leaves) this.#refused.delete(peer)
      else if (!this.#present.has(peer)) this.#refuse(peer)
      return
    }
    const said = newerBy > 0n ? membership : last
    this.#last.set(peer, said)
    this.#refused.delete(peer)
    if (gone || said.leaves) this.#leave(peer)
    else this.#join(peer)
  }

  async #isAuthentic (membership) {
    const tag = await wire.memberTag(this.#swarm, Buffer.from(membership.peer, 'hex'))
    return membership.swarm === this.#id && membership.tag === tag.toString('hex') &&
      await wire.isSigned(membership)
  }

  #join (peer) {
    if (this.#present.has(peer)) return
    this.#present.add(peer)
    this.emit('join', peer)
  }

  #leave (peer) {
    if (this.#present.delete(peer)) this.emit('leave', peer)
  }

  #refuse (peer) {
    if (this.#refused.has(peer)) return
    this.#refused.add(peer)
    this.emit('refused', peer)
  }

  async #onData ({ kind, from, nonce, content: { number, tag, payload } }) {
    const toAll = kind === wire.KIND.swarmCast
    const expected = await wire.dataTag(this.#swarm, {
      author: from,
      to: toAll ? this.#swarm.id : this.#client.id,
      nonce,
      number: Buffer.from(number, 'hex'),
      payload: Buffer.from(payload, 'hex')
    })
    const author = from.toString('hex')
    if (tag !== expected.toString('hex') || !this.#present.has(author)) return
    this.emit('data', { from: author, toAll, number, payload })
  }
}
