// The frames of protocol 2 as docs/protocol.md describes them. Nothing here does I/O.
import { webcrypto } from 'node:crypto'
import {
  FLAG_JSON, KIND, ProtocolError, check, decodeUtf8, idOf, sha256, sign, signatureHolds,
  uint16, uint32
} from './basics.mjs'

export * from './basics.mjs'
export * from './contents.mjs'
export * from './going-down.mjs'
export * from './pointer.mjs'
export * from './presence.mjs'
export * from './swarm.mjs'

const { subtle } = webcrypto
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const CONTEXT = Buffer.from('peer-relay.2 link proof\0', 'ascii')
const HELLO_HEADER_BYTES = 68
const DATAGRAM_HEADER_BYTES = 72
const HELLO_FIELDS = new Set([1, 2, 3, 4, 6])
const PROOF_BYTES = 65
const MAX_HELLO_BYTES = 2048
const MAX_NONCE = 999_999_999_999_999n

export const SUBPROTOCOL = 'peer-relay.2'
export const MAX_CONTENT_BYTES = 65536
export const MAX_JSON_BYTES = 262144
export const MAX_FRAME_BYTES = DATAGRAM_HEADER_BYTES + MAX_JSON_BYTES
export const MAX_HOPS = 20
export const DIALER = 0
export const ACCEPTOR = 1
export const ROLES = ['leaf', 'relay']

/** A key pair from the 32-byte seed of RFC 8032. */
export async function identityOf (seed) {
  const pkcs8 = Buffer.concat([PKCS8_ED25519, seed])
  const key = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
  const publicKey = Buffer.from((await subtle.exportKey('jwk', key)).x, 'base64url')
  return { seed, key, publicKey, id: await idOf(publicKey) }
}

/** Writes a HELLO. Fields in the order of their types; `extra` is a list of {type, value}. */
export function writeHello (hello) {
  const head = Buffer.from([KIND.hello, hello.lowest, hello.highest, ROLES.indexOf(hello.role)])
  const fields = []
  if (hello.url != null) fields.push({ type: 1, value: Buffer.from(hello.url) })
  if (hello.authority != null) fields.push({ type: 2, value: Buffer.from(hello.authority) })
  if (hello.largestPayload != null) fields.push({ type: 3, value: uint32(hello.largestPayload) })
  if (hello.observed != null) fields.push({ type: 4, value: Buffer.from(hello.observed) })
  if (hello.check) fields.push({ type: 6, value: Buffer.alloc(0) })
  fields.push(...(hello.extra ?? []))
  const written = fields.map(({ type, value }) =>
    Buffer.concat([uint16(type), uint16(value.length), value]))
  return Buffer.concat([head, hello.publicKey, hello.random, ...written])
}

/** Reads a HELLO; skips the fields that it does not know. */
export function readHello (frame) {
  check(frame.length >= HELLO_HEADER_BYTES, `HELLO: ${frame.length} bytes`)
  check(frame.length <= MAX_HELLO_BYTES, `HELLO: ${frame.length} bytes`)
  check(frame[0] === KIND.hello, `kind: ${frame[0]} (expected: HELLO)`)
  check(frame[1] >= 1 && frame[1] <= frame[2], `versions: ${frame[1]} to ${frame[2]}`)
  check(frame[3] < ROLES.length, `role: ${frame[3]}`)
  const hello = {
    lowest: frame[1],
    highest: frame[2],
    role: ROLES[frame[3]],
    publicKey: frame.subarray(4, 36),
    random: frame.subarray(36, HELLO_HEADER_BYTES),
    check: false
  }
  const seen = new Set()
  for (let at = HELLO_HEADER_BYTES; at < frame.length;) {
    check(at + 4 <= frame.length, `HELLO: field header at ${at} goes over the end`)
    const type = frame.readUInt16BE(at)
    const end = at + 4 + frame.readUInt16BE(at + 2)
    check(end <= frame.length, `HELLO: field ${type} at ${at} goes over the end`)
    const value = frame.subarray(at + 4, end)
    at = end
    if (!HELLO_FIELDS.has(type)) continue
    check(!seen.has(type), `HELLO: field ${type} twice`)
    seen.add(type)
    readField(hello, type, value)
  }
  return hello
}

function readField (hello, type, value) {
  if (type === 1) hello.url = text(value, 512)
  if (type === 2) hello.authority = text(value, 300)
  if (type === 3) {
    check(value.length === 4, `HELLO: field 3 of ${value.length} bytes`)
    hello.largestPayload = value.readUInt32BE(0)
    check(hello.largestPayload < 2 ** 31, `HELLO: largest payload: ${hello.largestPayload}`)
  }
  if (type === 4) hello.observed = text(value, 64)
  if (type === 6) {
    check(value.length === 0, `HELLO: field 6 of ${value.length} bytes`)
    hello.check = true
  }
}

/** The highest version that both have. */
export function commonVersion (mine, theirs) {
  const version = Math.min(mine.highest, theirs.highest)
  if (version < mine.lowest || version < theirs.lowest) {
    throw new ProtocolError(4010, `versions: ${theirs.lowest} to ${theirs.highest}`)
  }
  return version
}

/** What the end on `side` signs, to prove itself to the peer with the id `other`. */
export async function transcript (side, dialerHello, acceptorHello, other) {
  const hashes = [await sha256(dialerHello), await sha256(acceptorHello)]
  return Buffer.concat([CONTEXT, Buffer.from([side]), ...hashes, other])
}

export async function writeProof (identity, signed) {
  return Buffer.concat([Buffer.from([KIND.proof]), await sign(identity, signed)])
}

/** Whether the frame is the PROOF of the holder of `publicKey` for `signed`. */
export async function proofHolds (frame, publicKey, signed) {
  check(frame[0] === KIND.proof, `kind: ${frame[0]} (expected: PROOF)`)
  check(frame.length === PROOF_BYTES, `PROOF: ${frame.length} bytes`)
  return await signatureHolds(publicKey, frame.subarray(1), signed)
}

/** Writes a datagram. `nonce` is a bigint, ids and content are buffers. */
export function writeDatagram (datagram) {
  const header = Buffer.alloc(DATAGRAM_HEADER_BYTES)
  header[0] = datagram.kind
  header[1] = datagram.flags ?? 0
  header[2] = datagram.hops ?? MAX_HOPS
  header[3] = datagram.attempt ?? 0
  header.writeBigUInt64BE(datagram.nonce, 4)
  datagram.to.copy(header, 12)
  datagram.via?.copy(header, 32)
  datagram.from.copy(header, 52)
  return Buffer.concat([header, datagram.content])
}

export function readDatagram (frame) {
  check(frame.length >= DATAGRAM_HEADER_BYTES, `datagram: ${frame.length} bytes`)
  const maxContent = frame[1] & FLAG_JSON ? MAX_JSON_BYTES : MAX_CONTENT_BYTES
  check(frame.length <= DATAGRAM_HEADER_BYTES + maxContent, `datagram: ${frame.length} bytes`)
  check(frame[2] <= MAX_HOPS, `hops left: ${frame[2]}`)
  const nonce = frame.readBigUInt64BE(4)
  check(nonce <= MAX_NONCE, `nonce: ${nonce}`)
  return {
    kind: frame[0],
    flags: frame[1],
    hops: frame[2],
    attempt: frame[3],
    nonce,
    to: frame.subarray(12, 32),
    via: frame.subarray(32, 52),
    from: frame.subarray(52, 72),
    content: frame.subarray(DATAGRAM_HEADER_BYTES)
  }
}

function text (value, max) {
  check(value.length <= max, `HELLO: field of ${value.length} bytes (expected: up to ${max})`)
  try {
    return decodeUtf8(value)
  } catch (e) {
    throw new ProtocolError(1007, 'HELLO: field is not UTF-8')
  }
}

