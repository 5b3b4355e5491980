// Swarms as docs/protocol.md, section 11, describes them. Nothing here does I/O.
import { webcrypto } from 'node:crypto'
import { ID_BYTES, dropUnless, idOf, sign, signatureHolds, uint16, uint64 } from './basics.mjs'

const { subtle } = webcrypto
const TAG_BYTES = 16
const SIGNED_BYTES = 67
const MEMBERSHIP_BYTES = 163
const RECORD_BYTES = 186
const MAX_RECORDS = 32
const MAX_LIFETIME_S = 600
const TOKEN_BYTES = 8
const NUMBER_BYTES = 8
const SUMS = 16
const CONTEXT = text('membership')

/** What is made of a swarm's key. */
export async function swarmOf (key) {
  const id = (await hmac(key, text('swarm'))).subarray(0, ID_BYTES)
  return { id, tagKey: await hmac(key, text('tags')) }
}

export async function memberTag ({ tagKey }, peer) {
  return (await hmac(tagKey, text('member'), peer)).subarray(0, TAG_BYTES)
}

/** The number of a topic or a presence; `use` says which. */
export async function numberOf ({ tagKey }, use, name) {
  return (await hmac(tagKey, text(use), Buffer.from(name))).subarray(0, NUMBER_BYTES)
}

/** The tag of a payload. `to` is the receiver's id, or the swarm's; `nonce` is a bigint. */
export async function dataTag ({ tagKey }, { author, to, nonce, number, payload }) {
  const mac = await hmac(tagKey, text('data'), author, to, uint64(nonce), number, payload)
  return mac.subarray(0, TAG_BYTES)
}

/** The membership of the peer that has `identity`. `issued` is a bigint. */
export async function signMembership (identity, swarm, { leaves = false, lifetimeS, issued }) {
  const tag = await memberTag(swarm, identity.id)
  const said = saidBy({ leaves, lifetimeS, issued, swarm: swarm.id, peer: identity.id, tag })
  const signature = await sign(identity, Buffer.concat([CONTEXT, said]))
  return Buffer.concat([said, identity.publicKey, signature])
}

function saidBy ({ leaves, lifetimeS, issued, swarm, peer, tag }) {
  return Buffer.concat(
    [Buffer.from([leaves ? 1 : 0]), uint16(lifetimeS), uint64(issued), swarm, peer, tag])
}

/** Whether the member itself has said what was read: the key is its own, and has signed it. */
export async function isSigned ({ leaves, lifetimeS, issued, ...hexadecimal }) {
  const { swarm, peer, tag, publicKey, signature } = bytesOf(hexadecimal)
  if (!(await idOf(publicKey)).equals(peer)) return false
  const said = saidBy({ leaves, lifetimeS, issued: BigInt(issued), swarm, peer, tag })
  return await signatureHolds(publicKey, signature, Buffer.concat([CONTEXT, said]))
}

function bytesOf (texts) {
  return Object.fromEntries(
    Object.entries(texts).map(([name, digits]) => [name, Buffer.from(digits, 'hex')]))
}

/** Writes what a node says of a member; the member itself has no home. */
export function writeRecord ({ gone = false, ageS = 0, home, membership }) {
  return Buffer.concat([
    Buffer.from([gone ? 1 : 0]), uint16(ageS), home ?? Buffer.alloc(ID_BYTES), membership
  ])
}

/** The sums over ids, in the order of their first four bits; ids are buffers. */
export function sumsOf (ids) {
  const sums = new Array(SUMS).fill(0n)
  for (const id of ids) {
    const bucket = id[0] >> 4
    sums[bucket] = BigInt.asUintN(64, sums[bucket] + id.readBigUInt64BE(12))
  }
  return sums
}

export function writePublish (copy, records) {
  return Buffer.concat([Buffer.from([copy ? 1 : 0]), ...records])
}

/** `span` are the two ids, first and last, or absent. */
export function writeNews ({ swarm, token, span, records }) {
  return Buffer.concat([swarm, token, Buffer.from([span ? 1 : 0]), ...(span ?? []), ...records])
}

export function writeSync ({ swarm, asker, token, sums }) {
  return Buffer.concat([swarm, asker, token, ...sums.map(uint64)])
}

/** The content of swarm-cast, swarm-data and swarm-fan-out. */
export function writeData ({ swarm, number, tag, payload }) {
  return Buffer.concat([swarm, number, tag, payload])
}

export function readPublish (content) {
  dropUnless(content.length >= 1, 'swarm-publish: 0 bytes')
  return { copy: (content[0] & 1) === 1, records: readRecords(content.subarray(1)) }
}

export function readNews (content) {
  const flagsAt = ID_BYTES + TOKEN_BYTES
  dropUnless(content.length > flagsAt, `swarm-news: ${content.length} bytes`)
  const hasSpan = (content[flagsAt] & 1) === 1
  const recordsAt = flagsAt + 1 + (hasSpan ? 2 * ID_BYTES : 0)
  dropUnless(content.length >= recordsAt, `swarm-news: ${content.length} bytes`)
  const idAt = (at) => digits(content, flagsAt + 1 + at, ID_BYTES)
  return {
    swarm: digits(content, 0, ID_BYTES),
    token: digits(content, ID_BYTES, TOKEN_BYTES),
    span: hasSpan ? [idAt(0), idAt(ID_BYTES)] : null,
    records: readRecords(content.subarray(recordsAt))
  }
}

export function readSync (content) {
  const sumsAt = 2 * ID_BYTES + TOKEN_BYTES
  dropUnless(content.length >= sumsAt + SUMS * 8, `swarm-sync: ${content.length} bytes`)
  return {
    swarm: digits(content, 0, ID_BYTES),
    asker: digits(content, ID_BYTES, ID_BYTES),
    token: digits(content, 2 * ID_BYTES, TOKEN_BYTES),
    sums: Array.from({ length: SUMS }, (_, i) => digits(content, sumsAt + 8 * i, 8))
  }
}

export function readData (content) {
  const tagAt = ID_BYTES + NUMBER_BYTES
  const payloadAt = tagAt + TAG_BYTES
  dropUnless(content.length >= payloadAt, `swarm data: ${content.length} bytes`)
  return {
    swarm: digits(content, 0, ID_BYTES),
    number: digits(content, ID_BYTES, NUMBER_BYTES),
    tag: digits(content, tagAt, TAG_BYTES),
    payload: content.toString('hex', payloadAt)
  }
}

function readRecords (content) {
  const count = content.length / RECORD_BYTES
  dropUnless(Number.isInteger(count), `records: ${content.length} bytes`)
  dropUnless(count <= MAX_RECORDS, `records: ${count}`)
  return Array.from({ length: count }, (_, i) =>
    readRecord(content.subarray(i * RECORD_BYTES, (i + 1) * RECORD_BYTES)))
}

/** What a record says; its signature is not checked, see isSigned. */
export function readRecord (record) {
  const home = record.subarray(3, 23)
  return {
    gone: (record[0] & 1) === 1,
    ageS: record.readUInt16BE(1),
    home: home.every((b) => b === 0) ? null : home.toString('hex'),
    membership: readMembership(record.subarray(RECORD_BYTES - MEMBERSHIP_BYTES))
  }
}

/** What a membership says; its signature is not checked. */
export function readMembership (bytes) {
  const lifetimeS = bytes.readUInt16BE(1)
  dropUnless(lifetimeS >= 1 && lifetimeS <= MAX_LIFETIME_S, `membership: lifetime ${lifetimeS} s`)
  const issued = bytes.readBigUInt64BE(3)
  dropUnless(issued < 2n ** 63n, `membership: issued ${issued}`)
  return {
    leaves: (bytes[0] & 1) === 1,
    lifetimeS,
    issued: String(issued),
    swarm: digits(bytes, 11, ID_BYTES),
    peer: digits(bytes, 31, ID_BYTES),
    tag: digits(bytes, 51, TAG_BYTES),
    publicKey: digits(bytes, SIGNED_BYTES, 32),
    signature: digits(bytes, SIGNED_BYTES + 32, 64)
  }
}

async function hmac (key, ...parts) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await subtle.importKey('raw', key, algorithm, false, ['sign'])
  return Buffer.from(await subtle.sign('HMAC', imported, Buffer.concat(parts)))
}

function text (use) {
  return Buffer.from(`peer-relay.2 ${use}\0`, 'ascii')
}

function digits (bytes, at, length) {
  return bytes.toString('hex', at, at + length)
}
