// What docs/protocol.md, section 5, has as the content of each kind.
import {
  FLAG_JSON, ID_BYTES, KIND, ProtocolError, decodeUtf8, dropUnless, uint64
} from './basics.mjs'
import { readPointer } from './pointer.mjs'
import { readData, readNews, readPublish, readSync } from './swarm.mjs'

const NONCE_BYTES = 8
const NOTICE_BYTES = 30
const TRACE_HOP_BYTES = 10
const AGE_STEP_S = 32

/** What became of a trace that has reached its target. */
const ARRIVED = 0

/** Those that RFC 3986 allows anywhere. */
const URL_CHARACTERS = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/

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
export async function readContent (kind, flags, content) {
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
    case KIND.pointer:
      dropUnless(content.length >= 1, 'pointer: 0 bytes')
      return readPublished(content)
    case KIND.locate:
      dropUnless(content.length >= 2 * ID_BYTES, `locate: ${content.length} bytes`)
      return { target: idAt(content, 0), asker: idAt(content, ID_BYTES) }
    case KIND.located:
      return { pointer: await readPointer(content) }
    case KIND.ping:
    case KIND.trace:
      return {}
    case KIND.pong:
      dropUnless(content.length >= NONCE_BYTES, `pong: ${content.length} bytes`)
      return { nonce: nonceAt(content, 0) }
    case KIND.traceHop:
      return readTraceHop(content)
    case KIND.swarmPublish:
      return readPublish(content)
    case KIND.swarmNews:
      return readNews(content)
    case KIND.swarmSync:
      return readSync(content)
    case KIND.swarmCast:
    case KIND.swarmData:
    case KIND.swarmFanOut:
      return readData(content)
    default:
      return null
  }
}

async function readPublished (content) {
  const [first] = content
  const pointer = await readPointer(content.subarray(1))
  return { copy: (first & 1) === 1, ageS: AGE_STEP_S * (first >> 1), pointer }
}

function readIds (content) {
  const ids = []
  for (let at = 0; at < content.length; at += ID_BYTES) {
    ids.push(idAt(content, at))
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
  dropUnless(content.length >= NOTICE_BYTES, `notice: ${content.length} bytes`)
  const code = content.readUInt16BE(0)
  if (code < 1 || code > 7) return null
  const via = idAtIfAny(content, NOTICE_BYTES)
  return { code, nonce: nonceAt(content, 2), to: idAt(content, 10), via }
}

/** What the target of a trace says. */
export function writeArrival ({ nonce, hops }) {
  return Buffer.concat([uint64(nonce), Buffer.from([hops, ARRIVED])])
}

/** What became of a trace, in a number of a later version, is for a later client. */
function readTraceHop (content) {
  dropUnless(content.length >= TRACE_HOP_BYTES, `trace-hop: ${content.length} bytes`)
  const [hops, verdict] = content.subarray(NONCE_BYTES)
  if (verdict > 8) return null
  const next = idAtIfAny(content, TRACE_HOP_BYTES)
  return { nonce: nonceAt(content, 0), hops, verdict, next }
}

function idAt (content, at) {
  return content.toString('hex', at, at + ID_BYTES)
}

function idAtIfAny (content, at) {
  return content.length >= at + ID_BYTES ? idAt(content, at) : null
}

function nonceAt (content, at) {
  return String(content.readBigUInt64BE(at))
}
