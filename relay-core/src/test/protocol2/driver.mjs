// Clients driven from another process: one JSON object a line, commands in and events out.
import { createInterface } from 'node:readline'
import { randomBytes } from 'node:crypto'
import { Client } from './client.mjs'
import { Member } from './member.mjs'
import { PresenceMember } from './presence-member.mjs'
import { identityOf, numberOf, swarmOf, writePayload } from './wire.mjs'

const clients = new Map()

/** What each client is in one swarm, by the client's name. */
const members = new Map()

/** What each client is in one presence of that, by the client's name. */
const presences = new Map()

const commands = {
  async dial ({ peer, url, seed, relay, corrupt, replay, frames, hello }) {
    const identity = await identityOf(hex(seed))
    const client = new Client(identity, {
      expectedId: relay && hex(relay),
      corrupt,
      sentFrames: framesToSend(replay, frames),
      hello: hello && { ...hello, extra: hello.extra?.map(fieldOf) }
    })
    clients.set(peer, client)
    client.on('linked', () => tell('linked', peer, {
      id: client.id.toString('hex'),
      relay: client.relayId.toString('hex')
    }))
    client.on('closed', (end) => tell('closed', peer, end))
    client.on('text', (text) => tell('text', peer, { text }))
    client.on('dropped', (reason) => tell('dropped', peer, { reason }))
    client.on('skipped', (kind) => tell('skipped', peer, { kind }))
    client.on('datagram', (d) => tell('datagram', peer, {
      kind: d.kind,
      flags: d.flags,
      hops: d.hops,
      nonce: Number(d.nonce),
      from: d.from.toString('hex'),
      ...described(d.content) // of a pong, its nonce is that of the ping
    }))
    await client.dial(url)
  },

  send ({ peer, to, payload, changes }) {
    const { bytes } = payload
    const { flags, content } = writePayload(bytes === undefined ? payload : { bytes: hex(bytes) })
    const client = clients.get(peer)
    client.sendKind(1, hex(to), { flags, content }, headerChanges(changes))
  },

  findPeers ({ peer, target }) {
    clients.get(peer).findPeers(hex(target))
  },

  ping ({ peer, to }) {
    const nonce = clients.get(peer).ping(hex(to))
    tell('sent', peer, { nonce: String(nonce) })
  },

  trace ({ peer, to }) {
    const nonce = clients.get(peer).trace(hex(to))
    tell('sent', peer, { nonce: String(nonce) })
  },

  /**
   * Joins a swarm by its key; by its id alone, as an impostor who does not know that. Takes part in
   * a presence if there is a name of one.
   */
  async join ({ peer, key, swarm, presence }) {
    const joined = key ? await swarmOf(hex(key)) : { id: hex(swarm), tagKey: randomBytes(32) }
    const member = new Member(clients.get(peer), joined)
    members.set(peer, member)
    member.on('joined', () => tell('joined', peer))
    for (const change of ['join', 'leave', 'refused']) {
      member.on(change, (id) => tell(change, peer, { id }))
    }
    member.on('data', (data) => tell('data', peer, data))
    if (presence) presences.set(peer, await takePart(peer, member, joined, presence))
    await member.join()
  },

  /** Shows something in the presence. */
  show ({ peer, data }) {
    presences.get(peer).show(data)
  },

  /** Ends the presence; the swarm is not left. */
  hide ({ peer }) {
    presences.get(peer).close()
  },

  async leave ({ peer }) {
    await members.get(peer).leave()
  },

  ask ({ peer }) {
    members.get(peer).ask()
  },

  /** Sends to a member on a topic; to all of them if `to` is absent. */
  async say ({ peer, topic, bytes, to }) {
    await members.get(peer).send('topic', topic, hex(bytes), to && hex(to))
  },

  raw ({ peer, frame }) {
    clients.get(peer).sendRaw(hex(frame))
  },

  text ({ peer, text }) {
    clients.get(peer).sendText(text)
  },

  close ({ peer }) {
    clients.get(peer).close()
  }
}

async function takePart (peer, member, swarm, name) {
  const number = await numberOf(swarm, 'presence', name)
  const presence = new PresenceMember(member, clients.get(peer).identity, number, name)
  presence.on('online', (ids) => tell('online', peer, { ids }))
  presence.on('shows', (id, data) => tell('shows', peer, { id, data }))
  return presence
}

function framesToSend (replay, frames) {
  if (replay) return clients.get(replay).handshakeFrames
  return frames && { hello: hex(frames[0]), proof: hex(frames[1]) }
}

function fieldOf ({ type, value }) {
  return { type, value: hex(value) }
}

function headerChanges ({ nonce, from, ...numbers } = {}) {
  return {
    ...numbers,
    ...(from && { from: hex(from) }),
    ...(nonce !== undefined && { nonce: BigInt(nonce) })
  }
}

function described (content) {
  return content.bytes ? { bytes: content.bytes.toString('hex') } : content
}

function hex (text) {
  return Buffer.from(text, 'hex')
}

function tell (event, peer, more) {
  process.stdout.write(JSON.stringify({ event, peer, ...more }) + '\n')
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  // Not awaited: a dial ends only when the other end answers, and other commands may go on.
  Promise.resolve(commands[command.do](command)).catch((e) => {
    process.stderr.write(`${command.do}: ${e.stack}\n`)
    process.exit(1)
  })
}
process.exit(0)
