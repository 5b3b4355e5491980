// Writes docs/protocol-vectors.json, or checks this client against it:
//   node vectors.mjs write FILE
//   node vectors.mjs check FILE
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import {
  exampleDatagrams, exampleGoingDowns, exampleHellos, exampleKeys, exampleMalformed
} from './examples.mjs'
import {
  examplePresenceFrames, examplePresenceRecords, examplePresenceSums, malformedPresence
} from './presence-examples.mjs'
import { exampleSwarms } from './swarm-examples.mjs'
import * as wire from './wire.mjs'

const HEADER_BYTES = 72

async function written () {
  const keys = []
  for (const { name, seed } of exampleKeys) keys.push({ name, ...await keyVector(hex(seed)) })
  const hellos = exampleHellos.map((hello) => ({ ...hello, frame: text(helloFrame(hello, keys)) }))
  const handshakes = [
    await handshakeVector(keys, hellos, 'plain dialer', 'plain acceptor'),
    await handshakeVector(keys, hellos, 'dialer with authority', 'acceptor with every field'),
    await handshakeVector(keys, hellos, 'relay dials a relay', 'acceptor with unknown fields'),
    await handshakeVector(keys, hellos, 'dial-back', 'acceptor with every field')
  ]
  const datagrams =
    (await exampleDatagrams(keys)).map((d) => ({ ...d, frame: text(datagramFrame(d)) }))
  const malformed = await exampleMalformed(keys)
  const swarms = await exampleSwarms(keys)
  return {
    version: 2,
    keys,
    hellos,
    handshakes,
    datagrams,
    malformed,
    swarms,
    goingDown: exampleGoingDowns,
    presenceRecords: await examplePresenceRecords(keys),
    presenceSums: await examplePresenceSums(keys),
    presenceFrames: await examplePresenceFrames(keys),
    presenceMalformed: await malformedPresence(keys)
  }
}

async function keyVector (seed) {
  const { publicKey, id } = await wire.identityOf(seed)
  return { seed: text(seed), publicKey: text(publicKey), id: text(id) }
}

function helloFrame (hello, keys) {
  return wire.writeHello({
    ...hello,
    publicKey: hex(byName(keys, hello.key).publicKey),
    random: hex(hello.random),
    extra: hello.unknown.map(({ type, value }) => ({ type, value: hex(value) }))
  })
}

async function handshakeVector (keys, hellos, dialerName, acceptorName) {
  const dialer = byName(hellos, dialerName)
  const acceptor = byName(hellos, acceptorName)
  return {
    dialerHello: dialerName,
    acceptorHello: acceptorName,
    dialer: await proofVector(keys, wire.DIALER, dialer, acceptor),
    acceptor: await proofVector(keys, wire.ACCEPTOR, dialer, acceptor)
  }
}

async function proofVector (keys, side, dialer, acceptor) {
  const signer = byName(keys, side === wire.DIALER ? dialer.key : acceptor.key)
  const other = byName(keys, side === wire.DIALER ? acceptor.key : dialer.key)
  const signed =
    await wire.transcript(side, hex(dialer.frame), hex(acceptor.frame), hex(other.id))
  const proof = await wire.writeProof(await wire.identityOf(hex(signer.seed)), signed)
  return { key: signer.name, transcript: text(signed), frame: text(proof) }
}

function datagramFrame (d) {
  return wire.writeDatagram({
    ...d,
    nonce: BigInt(d.nonce),
    to: hex(d.to),
    via: hex(d.via),
    from: hex(d.from),
    content: hex(d.content)
  })
}

async function check (vectors) {
  assert.deepEqual(vectors, JSON.parse(JSON.stringify(await written())))
  for (const hello of vectors.hellos) checkHello(hello, vectors.keys)
  for (const handshake of vectors.handshakes) {
    for (const { key, transcript, frame } of [handshake.dialer, handshake.acceptor]) {
      const publicKey = hex(byName(vectors.keys, key).publicKey)
      assert(await wire.proofHolds(hex(frame), publicKey, hex(transcript)), key)
    }
  }
  for (const datagram of vectors.datagrams) await checkDatagram(datagram)
  for (const { name, state, frame, outcome } of vectors.malformed) {
    assert.equal(await outcomeOf(state, hex(frame)), outcome, name)
  }
  for (const swarm of vectors.swarms) await checkSwarm(swarm)
  checkPresence(vectors)
  for (const { name, delayMs, canonical, frame } of vectors.goingDown) {
    assert.equal(wire.readGoingDown(hex(frame)), delayMs, name)
    if (canonical) assert.equal(text(wire.writeGoingDown(delayMs)), frame, name)
  }
}

function checkPresence ({ presenceFrames, presenceMalformed }) {
  for (const { name, frame, means } of presenceFrames) {
    assert.deepEqual(wire.readFrame(hex(frame)), means, name)
  }
  for (const { name, frame } of presenceMalformed) {
    assert.throws(() => wire.readFrame(hex(frame)), wire.ProtocolError, name)
  }
}

async function checkSwarm ({ key, memberships, records }) {
  const swarm = await wire.swarmOf(hex(key))
  for (const { name, bytes, means, signed, tagged } of memberships) {
    assert.deepEqual(wire.readMembership(hex(bytes)), means, name)
    assert.equal(await wire.isSigned(means), signed, name)
    assert.equal(text(await wire.memberTag(swarm, hex(means.peer))) === means.tag, tagged, name)
  }
  for (const { name, bytes, means } of records) {
    assert.deepEqual(wire.readRecord(hex(bytes)), means, name)
  }
}

function checkHello (hello, keys) {
  const read = wire.readHello(hex(hello.frame))
  assert.equal(text(read.publicKey), byName(keys, hello.key).publicKey)
  assert.equal(text(read.random), hello.random)
  for (const field of ['lowest', 'highest', 'role', 'check']) {
    assert.equal(read[field], hello[field], `${hello.name}: ${field}`)
  }
  for (const field of ['url', 'authority', 'largestPayload', 'observed']) {
    assert.equal(read[field] ?? null, hello[field], `${hello.name}: ${field}`)
  }
}

async function checkDatagram (d) {
  const read = wire.readDatagram(hex(d.frame))
  for (const field of ['kind', 'flags', 'hops', 'attempt']) {
    assert.equal(read[field], d[field], d.name)
  }
  for (const field of ['to', 'via', 'from', 'content']) {
    assert.equal(text(read[field]), d[field], d.name)
  }
  assert.equal(String(read.nonce), d.nonce)
  const content = await wire.readContent(read.kind, read.flags, read.content)
  const described = content?.bytes ? { bytes: text(content.bytes) } : content
  assert.deepEqual(described, d.means, d.name)
}

/** What this client does with a frame in a state of the link. */
async function outcomeOf (state, frame) {
  try {
    if (frame.length === 0) throw new wire.ProtocolError(1007, 'empty frame')
    if (state === 'hello') {
      wire.commonVersion({ lowest: 2, highest: 2 }, wire.readHello(frame))
      return 'accept'
    }
    if (state === 'proof') {
      const { publicKey } = await wire.identityOf(hex(exampleKeys[0].seed))
      return await wire.proofHolds(frame, publicKey, Buffer.alloc(HEADER_BYTES)) ? 'accept' : 4012
    }
    if (frame[0] >= 0x80) return 'skip'
    const { kind, flags, content } = wire.readDatagram(frame)
    return await wire.readContent(kind, flags, content) === null ? 'skip' : 'accept'
  } catch (e) {
    if (!(e instanceof wire.ProtocolError)) throw e
    return e.code ?? 'drop'
  }
}

function byName (list, name) {
  const found = list.find((entry) => entry.name === name)
  assert(found, name)
  return found
}

function hex (digits) {
  return Buffer.from(digits, 'hex')
}

function text (bytes) {
  return Buffer.from(bytes).toString('hex')
}

const [, , action, file] = process.argv
if (action === 'write') await writeFile(file, JSON.stringify(await written(), null, 2) + '\n')
else if (action === 'check') await check(JSON.parse(await readFile(file, 'utf8')))
else throw new Error(`${action} (expected: write or check, and a file)`)
