// The frames of protocol 2 as docs/protocol.md describes them. Nothing here does I/O.
import { webcrypto } from 'node:crypto'

const { subtle } = webcrypto
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const CONTEXT = Buffer.from('peer-relay.2 link proof\0', 'ascii')
const HELLO_HEADER_BYTES = 68
const DATAGRAM_HEADER_BYTES = 72
const PROOF_BYTES = 65
const MAX_HELLO_BYTES = 2048
const MAX_NONCE = 999_999_999_999_999n

/** Those that RFC 3986 allows anywhere. */
const URL_CHARACTERS = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/

export const SUBPROTOCOL = 'peer-relay.2'
export const ID_BYTES = 20
export const MAX_CONTENT_BYTES = 65536
export const MAX_JSON_BYTES = 262144
export const MAX_FRAME_BYTES = DATAGRAM_HEADER_BYTES + MAX_JSON_BYTES
export const MAX_HOPS = 20
export const FLAG_JSON = 1
export const FLAG_UNVERIFIED = 2
export const DIALER = 0
export const ACCEPTOR = 1
export const ROLES = ['leaf', 'relay']
export const KIND = {
  user: 1,
  findPeers: 2,
  foundPeers: 3,
  handshakeOffer: 4,
  handshakeAnswer: 5,
  signal: 6,
  notice: 7,
  hello: 0x80,
  proof: 0x81
}

/** A violation by the other end, and the close code that section 6 has for it. */
export class ProtocolError extends Error {
  constructor (code, message) {
    super(message)
    this.code = code
  }
}

export async function sha256 (bytes) {
  return Buffer.from(await subtle.digest('SHA-256', bytes))
}

/** The id of a raw public key: the first 160 bits of its SHA-256. */
export async function idOf (publicKey) {
  return (await sha256(publicKey)).subarray(0, ID_BYTES)
}

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
    random: frame.subarray(36, HELLO_HEADER_BYTES)
  }
  const seen = new Set()
  for (let at = HELLO_HEADER_BYTES; at < frame.length;) {
    check(at + 4 <= frame.length, `HELLO: field header at ${at} goes over the end`)
    const type = frame.readUInt16BE(at)
    const end = at + 4 + frame.readUInt16BE(at + 2)
    check(end <= frame.length, `HELLO: field ${type} at ${at} goes over the end`)
    const value = frame.subarray(at + 4, end)
    at = end
    if (type < 1 || type > 4) continue
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
  const signature = await subtle.sign('Ed25519', identity.key, signed)
  return Buffer.concat([Buffer.from([KIND.proof]), Buffer.from(signature)])
}

/** Whether the frame is the PROOF of the holder of `publicKey` for `signed`. */
export async function proofHolds (frame, publicKey, signed) {
  check(frame[0] === KIND.proof, `kind: ${frame[0]} (expected: PROOF)`)
  check(frame.length === PROOF_BYTES, `PROOF: ${frame.length} bytes`)
  try {
    const key = await subtle.importKey('raw', publicKey, 'Ed25519', true, ['verify'])
    return await subtle.verify('Ed25519', key, frame.subarray(1), signed)
  } catch {
    return false // not a point of the curve
  }
}

/** Writes a datagram. `nonce` is a bigint, ids and content are buffers. */
export function writeDatagram (datagram) {
  const header = Buffer.alloc(DATAGRAM_HEADER_BYTES)
  header[0] = datagram.kind
  header[1] = datagram.flags ?? 0
  header[2] = datagram.hops ?? MAX_HOPS
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
    nonce,
    to: frame.subarray(12, 32),
    via: frame.subarray(32, 52),
    from: frame.subarray(52, 72),
    content: frame.subarray(DATAGRAM_HEADER_BYTES)
  }
}

/** A payload is one of {bytes: Buffer}, {json: value}, {undefined: true}. */
export function writePayload (payload) {
  if (payload.bytes) return { flags: 0, content: payload.bytes }
  if (payload.undefined) return { flags: FLAG_JSON, content: Buffer.alloc(0) }
  return { flags: FLAG_JSON, content: Buffer.from(JSON.stringify(payload.json)) }
}

export function readPayload (flags, content) {
  if ((flags & FLAG_JSON) === 0) return { bytes: content }
  if (content.length === 0) return { undefined: true }
  try {
    return { json: JSON.parse(decodeUtf8(content)) }
  } catch (e) {
    throw new ProtocolError(null, `content: ${e.message} (expected: JSON)`)
  }
}

/** Reads the content of every kind of section 5; a ProtocolError without code means: drop it. */
export function readContent (kind, flags, content) {
  switch (kind) {
    case KIND.user:
      return readPayload(flags, content)
    case KIND.findPeers:
      dropUnless(content.length === ID_BYTES, `find-peers: ${content.length} bytes`)
      return { target: content.toString('hex') }
    case KIND.foundPeers:
      return { ids: readIds(content) }
    case KIND.handshakeOffer:
      return {}
    case KIND.handshakeAnswer:
      return readAnswer(content)
    case KIND.signal: {
      const { json } = readPayload(flags, content) // bytes and undefined have none
      const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
      dropUnless(isObject, 'signal: not a JSON object')
      return { json }
    }
    case KIND.notice:
      return readNotice(content)
    default:
      return null
  }
}

function readIds (content) {
  const ids = []
  for (let at = 0; at < content.length; at += ID_BYTES) {
    ids.push(content.subarray(at, at + ID_BYTES).toString('hex'))
  }
  dropUnless(content.length % ID_BYTES === 0, `found-peers: ${content.length} bytes`)
  dropUnless(ids.length <= 20, `found-peers: ${ids.length} ids`)
  return ids
}

function readAnswer (content) {
  dropUnless(content.length >= 1, 'handshake-answer: 0 bytes')
  dropUnless(content.length <= 513, `handshake-answer: ${content.length} bytes`)
  const webRtc = (content[0] & 1) === 1
  if (content.length === 1) return { webRtc, url: null }
  const url = content.toString('latin1', 1)
  dropUnless(isDialable(url), 'handshake-answer: URL')
  return { webRtc, url }
}

function isDialable (url) {
  if (!URL_CHARACTERS.test(url) || !URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return /^wss?:$/.test(protocol) && username === '' && password === '' && !url.includes('#')
}

/** A code of a later version is for a later client. */
function readNotice (content) {
  dropUnless(content.length >= 30, `notice: ${content.length} bytes`)
  const code = content.readUInt16BE(0)
  if (code < 1 || code > 6) return null
  const nonce = String(content.readBigUInt64BE(2))
  return { code, nonce, to: content.toString('hex', 10, 30) }
}

function text (value, max) {
  check(value.length <= max, `HELLO: field of ${value.length} bytes (expected: up to ${max})`)
  try {
    return decodeUtf8(value)
  } catch (e) {
    throw new ProtocolError(1007, 'HELLO: field is not UTF-8')
  }
}

function decodeUtf8 (bytes) {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

function uint16 (n) {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(n)
  return bytes
}

function uint32 (n) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}

function check (holds, message) {
  if (!holds) throw new ProtocolError(1007, message)
}

function dropUnless (holds, message) {
  if (!holds) throw new ProtocolError(null, message)
}
