// Many peers at once: opened in batches, sending each other numbered messages that are counted.
import { Tally } from './tally.mjs'

const BATCH = 20
const TICK_MS = 10

export class Crowds {
  #peers
  #crowds = new Map()
  #tallies = new Map()

  constructor (peers) {
    this.#peers = peers
  }

  commands () {
    return {
      'open-many': (args) => this.#openMany(args),
      'await-accepted': (args) => this.#awaitAccepted(args),
      'send-matrix': (args) => this.#sendMatrix(args),
      tally: ({ run }) => this.#tally(run).counts(),
      settle: ({ run, expected }) => this.#tally(run).settled(expected)
    }
  }

  async #openMany ({ name, count, bootstrap, deadlineMs }) {
    const crowd = []
    this.#crowds.set(name, crowd)
    const deadline = performance.now() + deadlineMs
    while (crowd.length < count) {
      const batch = Array.from({ length: Math.min(BATCH, count - crowd.length) }, (_, i) => {
        return this.#member(`${name}/${crowd.length + i}`, bootstrap)
      })
      crowd.push(...batch)
      await allWithin(deadline, crowd.map((member) => member.linked), 'linked')
    }
    return { ids: crowd.map((member) => member.id) }
  }

  async #awaitAccepted ({ name, deadlineMs }) {
    const accepted = this.#crowd(name).map((member) => member.accepted)
    await allWithin(performance.now() + deadlineMs, accepted, 'accepted')
  }

  #member (name, bootstrap) {
    const client = this.#peers.create(name, { bootstrap })
    client.on('message', (data, from) => {
      if (typeof data?.run === 'string') this.#tally(data.run).arrive(client, data, from)
    })
    const linked = new Promise((resolve) => client.once('peer', resolve))
    const accepted = new Promise((resolve) => {
      client.router.on('message', function heard (message) {
        if (message.type !== 'foundPeers') return
        client.router.removeListener('message', heard)
        resolve()
      })
    })
    return { client, id: client.id.toString('hex'), linked, accepted }
  }

  // A fixed number a tick, however late the tick comes: a slow machine gets a slower run, not a
  // burst.
  async #sendMatrix ({ run, name, targets, rounds, seed, perSecond }) {
    const crowd = this.#crowd(name)
    const tally = this.#tally(run)
    const random = randomBelow(seed)
    const perTick = Math.max(1, Math.round(perSecond * TICK_MS / 1000))
    let inTick = 0
    for (let serial = 0; serial < rounds; serial++) {
      for (const { client, id } of crowd) {
        tally.send(client, pick(targets, id, random), { run, serial })
        if (++inTick % perTick === 0) await new Promise((resolve) => setTimeout(resolve, TICK_MS))
      }
    }
    return { sent: rounds * crowd.length }
  }

  #crowd (name) {
    const crowd = this.#crowds.get(name)
    if (!crowd) throw new Error(`name: ${name} (expected: one given to open-many)`)
    return crowd
  }

  #tally (run) {
    if (!this.#tallies.has(run)) this.#tallies.set(run, new Tally())
    return this.#tallies.get(run)
  }
}

// Waits for all, and at the deadline says how many there were.
async function allWithin (deadline, promises, what) {
  let kept = 0
  let timer
  const over = new Promise((resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what}: ${kept} (expected: ${promises.length}, within the deadline)`))
    }, deadline - performance.now())
  })
  try {
    await Promise.race([over, Promise.all(promises.map((p) => p.then(() => kept++)))])
  } finally {
    clearTimeout(timer)
  }
}

function pick (ids, self, random) {
  const at = random(ids.length)
  if (ids[at] !== self) return ids[at]
  if (ids.length === 1) throw new Error(`targets: ${ids} (expected: an id other than the sender's)`)
  return ids[(at + 1) % ids.length]
}

// Park and Miller's generator; the same seed gives the same targets.
function randomBelow (seed) {
  let state = (Math.abs(seed) % 2147483646) + 1
  return (bound) => {
    state = state * 48271 % 2147483647
    return state % bound
  }
}
