// One that takes part in a presence, from docs/protocol.md, section 12; with few others, so that
// it links with each of them, and everything fits into one page.
import { EventEmitter } from 'node:events'
import * as wire from './wire.mjs'

const TICK_MS = 100
const ASK_MS = 2_000
const ALIVE_MS = 5_000
const SILENT_MS = 16_000
const GATHER_MS = 300
const RECORD_GAP_MS = 1_000
const MISSED_MS = 300
const GOODBYE = 2
const NOT_LINKED = 3

/** Emits `online` with the sorted ids, and `shows` with an id and data, in hexadecimal digits. */
export class PresenceMember extends EventEmitter {
  #member
  #name
  #identity
  #number
  #timer
  #work = Promise.resolve()
  #members = new Set()

  /** By id: {isUp, isAsker, sinceMs, heardMs, aliveMs, isInTree, differs}. */
  #links = new Map()

  /** The newest records that count, by peer. */
  #known = { links: new Map(), data: new Map() }

  /** Records of peers that have not come yet, by peer: those go other ways. */
  #early = new Map()
  #announced = []
  #version = 0n
  #data = null
  #isDataDue = false
  #linksMs = 0
  #hasAskedPages = false
  #online = ''

  /** @param member a Member of the swarm, whose `join` events have not come yet */
  constructor (member, identity, number, name) {
    super()
    this.#member = member
    this.#identity = identity
    this.#number = number
    this.#name = name
    member.on('join', (id) => {
      this.#members.add(id)
      this.#work = this.#work.then(() => this.#takeEarly(id))
    })
    member.on('leave', (id) => this.#gone(id))
    member.on('data', ({ from, number, payload }) => {
      if (number !== this.#number.toString('hex')) return
      this.#work = this.#work.then(() => this.#receive(from, payload))
    })
    this.#timer = setInterval(() => {
      this.#work = this.#work.then(() => this.#tick())
    }, TICK_MS)
  }

  /** @param data hexadecimal digits */
  show (data) {
    this.#data = data
    this.#isDataDue = true
  }

  close () {
    clearInterval(this.#timer)
    for (const id of this.#links.keys()) this.#send(id, { frame: 'disconnect', reason: GOODBYE })
  }

  get #self () {
    return this.#identity.id.toString('hex')
  }

  get #neighbours () {
    return [...this.#links].filter(([, link]) => link.isUp).map(([id]) => id)
  }

  get #records () {
    return [...this.#known.links.values(), ...this.#known.data.values()]
  }

  #send (to, frame) {
    this.#member.send('presence', this.#name, wire.writeFrame(frame), Buffer.from(to, 'hex'))
  }

  #gone (id) {
    this.#members.delete(id)
    this.#links.delete(id)
    this.#known.links.delete(id)
    this.#known.data.delete(id)
  }

  async #tick () {
    const nowMs = Date.now()
    for (const [id, link] of this.#links) {
      const isLost = link.isUp ? nowMs - link.heardMs > SILENT_MS : nowMs - link.sinceMs > ASK_MS
      if (isLost) this.#links.delete(id)
      else if (link.isUp && nowMs - link.aliveMs >= ALIVE_MS) this.#sayAlive(id, link)
    }
    for (const id of this.#members) {
      if (this.#links.has(id)) continue
      this.#links.set(id, { isUp: false, isAsker: true, sinceMs: nowMs })
      this.#send(id, { frame: 'ask', urgent: this.#neighbours.length === 0 })
    }
    await this.#publish(nowMs)
    this.#fetchMissed(nowMs)
    const online = this.#reachable()
    if (online.join() !== this.#online) this.emit('online', online)
    this.#online = online.join()
  }

  async #publish (nowMs) {
    const links = [...this.#links]
      .filter(([, link]) => link.isUp && nowMs - link.sinceMs >= GATHER_MS)
      .map(([id]) => id).sort()
    const published = this.#known.links.get(this.#self)?.links ?? []
    if (links.join() !== published.join() && nowMs - this.#linksMs >= RECORD_GAP_MS) {
      this.#linksMs = nowMs
      await this.#say({ record: 'links', links })
    }
    if (this.#isDataDue) {
      this.#isDataDue = false
      await this.#say({ record: 'data', data: this.#data })
    }
  }

  async #say (said) {
    const nowMs = BigInt(Date.now())
    this.#version = nowMs > this.#version ? nowMs : this.#version + 1n
    const record = { ...said, peer: this.#self, version: String(this.#version) }
    const signed = await wire.signPresence(this.#identity, record, this.#number)
    this.#known[signed.record].set(this.#self, signed)
    this.#spread([signed], null)
  }

  #spread (records, from) {
    for (const id of this.#neighbours) {
      if (id === from) continue
      const frame = this.#links.get(id).isInTree
        ? { frame: 'push', records }
        : { frame: 'announce', names: records.map(nameOf) }
      this.#send(id, frame)
    }
  }

  async #receive (from, payload) {
    let said
    try {
      said = wire.readFrame(Buffer.from(payload, 'hex'))
    } catch (e) {
      if (e instanceof wire.ProtocolError) return
      throw e
    }
    if (!said) return
    const link = this.#links.get(from)
    if (link) link.heardMs = Date.now()
    if (said.frame === 'ask') return this.#onAsk(from, link)
    if (said.frame === 'disconnect') return this.#links.delete(from)
    if (!link || (said.frame !== 'accept' && !link.isUp && link.isAsker)) {
      return this.#send(from, { frame: 'disconnect', reason: NOT_LINKED })
    }
    if (!link.isUp) this.#rise(from, link)
    await this.#onLinkFrame(from, link, said)
  }

  #onAsk (from, link) {
    if (!link?.isUp) {
      const nowMs = Date.now()
      this.#links.set(from, { isUp: false, isAsker: false, sinceMs: nowMs, heardMs: nowMs })
    }
    this.#send(from, { frame: 'accept' })
  }

  #rise (id, link) {
    Object.assign(link, { isUp: true, isInTree: true, differs: 0, sinceMs: Date.now() })
    this.#sayAlive(id, link)
    if (link.isAsker) this.#compare(id)
    if (!this.#hasAskedPages) this.#send(id, { frame: 'ask pages', cursor: 0, pages: 4 })
    this.#hasAskedPages = true
  }

  #sayAlive (id, link) {
    link.aliveMs = Date.now()
    this.#send(id, { frame: 'alive', summary: this.#summary() })
  }

  #sums () {
    return wire.presenceSums(this.#records)
  }

  #summary () {
    const sum = this.#sums().reduce((all, part) => BigInt.asUintN(64, all + part), 0n)
    return digitsOf(sum)
  }

  #compare (id) {
    this.#send(id, { frame: 'digest', sums: this.#sums().map(digitsOf) })
  }

  async #onLinkFrame (from, link, said) {
    switch (said.frame) {
      case 'alive':
        link.differs = said.summary === this.#summary() ? 0 : link.differs + 1
        if (link.differs === 2) this.#compare(from)
        break
      case 'push': {
        const fresh = await this.#take(said.records, from)
        link.isInTree = 2 * fresh >= said.records.length
        if (!link.isInTree) this.#send(from, { frame: 'announce only' })
        break
      }
      case 'answer':
      case 'page':
        await this.#take(said.records, from)
        break
      case 'announce':
        for (const name of said.names) this.#announced.push({ from, name, sinceMs: Date.now() })
        break
      case 'announce only':
        link.isInTree = false
        break
      case 'fetch':
        if (said.graft) link.isInTree = true
        this.#send(from, { frame: 'answer', records: this.#named(said.names) })
        break
      case 'digest':
        this.#onDigest(from, said.sums)
        break
      case 'versions':
        this.#onVersions(from, said)
        break
      case 'ask pages':
        this.#send(from, { frame: 'page', cursor: said.cursor, next: 0, records: this.#records })
    }
  }

  /** Takes and passes on what counts; tells how much that was. */
  async #take (records, from) {
    const fresh = []
    for (const record of records) {
      if (!this.#lacks(record) || record.peer === this.#self) continue
      const publicKey = this.#member.publicKeyOf(record.peer)
      if (!publicKey) this.#early.set(record.peer, [...this.#early.get(record.peer) ?? [], record])
      if (!publicKey || !await wire.presenceHolds(record, publicKey, this.#number)) continue
      this.#known[record.record].set(record.peer, record)
      fresh.push(record)
      if (record.record === 'data') this.emit('shows', record.peer, record.data)
    }
    if (fresh.length > 0) this.#spread(fresh, from)
    return fresh.length
  }

  async #takeEarly (id) {
    const records = this.#early.get(id) ?? []
    this.#early.delete(id)
    await this.#take(records, null)
  }

  #lacks ({ record, peer, version }) {
    const known = this.#known[record].get(peer)
    return BigInt(version) > BigInt(known?.version ?? 0)
  }

  #named (names) {
    return names
      .map(({ record, peer }) => this.#known[record].get(peer))
      .filter((found, i) => found && BigInt(found.version) >= BigInt(names[i].version))
  }

  #fetchMissed (nowMs) {
    const due = this.#announced.filter(({ sinceMs }) => nowMs - sinceMs >= MISSED_MS)
    this.#announced = this.#announced.filter((waiting) => !due.includes(waiting))
    for (const { from, name } of due) {
      const isMissing = this.#members.has(name.peer) && this.#lacks(name)
      if (isMissing && this.#links.get(from)?.isUp) {
        this.#send(from, { frame: 'fetch', graft: true, names: [name] })
      }
    }
  }

  #onDigest (from, sums) {
    const own = this.#sums().map(digitsOf)
    const parts = own.flatMap((sum, part) => sum === sums[part] ? [] : [part])
    const peers = new Set(this.#records.map(({ peer }) => peer))
    const named = [...peers].filter((peer) => parts.includes(wire.partOf(peer)))
    this.#send(from, {
      frame: 'versions', parts, peers: named.map((peer) => this.#versionsOf(peer))
    })
  }

  #versionsOf (peer) {
    const version = (record) => this.#known[record].get(peer)?.version ?? '0'
    return { peer, links: version('links'), data: version('data') }
  }

  #onVersions (from, { parts, peers }) {
    const names = peers
      .flatMap(({ peer, links, data }) => [
        { record: 'links', peer, version: links }, { record: 'data', peer, version: data }
      ])
      .filter((name) => name.version !== '0' && this.#members.has(name.peer) && this.#lacks(name))
    if (names.length > 0) this.#send(from, { frame: 'fetch', graft: false, names })
    const theirs = new Map(peers.map((versions) => [versions.peer, versions]))
    const isLacking = ({ record, peer, version }) => theirs.has(peer)
      ? BigInt(version) > BigInt(theirs.get(peer)[record])
      : parts.includes(wire.partOf(peer))
    const lacking = new Set(this.#records.filter(isLacking).map(({ peer }) => peer))
    if (lacking.size === 0) return
    const told = [...lacking].map((peer) => this.#versionsOf(peer))
    this.#send(from, { frame: 'versions', parts: [], peers: told })
  }

  /** Who is online: a path of links leads there on which both ends agree. */
  #reachable () {
    const linksOf = (id) => this.#known.links.get(id)?.links ?? []
    const found = new Set([this.#self])
    for (const id of found) {
      linksOf(id).filter((other) => linksOf(other).includes(id)).forEach((other) => found.add(other))
    }
    return [...found].sort()
  }
}

function nameOf ({ record, peer, version }) {
  return { record, peer, version }
}

function digitsOf (sum) {
  return wire.uint64(sum).toString('hex')
}
