// Pointers as docs/protocol.md, section 6, describes them.
import { ID_BYTES, dropUnless, idOf, sign, signatureHolds, uint16, uint64 } from './basics.mjs'

const CONTEXT = Buffer.from('peer-relay.2 pointer\0', 'ascii')
const PEER_AT = 11
const RELAYS_AT = PEER_AT + ID_BYTES
const KEY_BYTES = 32
const SEAL_BYTES = KEY_BYTES + 64
const MAX_RELAYS = 4
const MAX_LIFETIME_S = 3600

/** Writes a pointer without a signature. `issued` is a bigint, ids are buffers. */
export function writePointer ({ lifetimeS, issued, peer, relays }) {
  const count = Buffer.from([relays.length])
  return Buffer.concat([count, uint16(lifetimeS), uint64(issued), peer, ...relays])
}

/** Writes the pointer of the peer that has `identity`, with its signature. */
export async function signPointer (identity, { lifetimeS, issued, relays }) {
  const pointer = writePointer({ lifetimeS, issued, peer: identity.id, relays })
  const signature = await sign(identity, Buffer.concat([CONTEXT, pointer]))
  return Buffer.concat([pointer, identity.publicKey, signature])
}

/** Reads a pointer; a signature that does not hold makes it malformed. */
export async function readPointer (content) {
  dropUnless(content.length >= RELAYS_AT, `pointer: ${content.length} bytes`)
  const count = content[0]
  dropUnless(count >= 1 && count <= MAX_RELAYS, `pointer: ${count} relays`)
  const lifetimeS = content.readUInt16BE(1)
  dropUnless(lifetimeS >= 1 && lifetimeS <= MAX_LIFETIME_S, `pointer: lifetime ${lifetimeS} s`)
  const issued = content.readBigUInt64BE(3)
  dropUnless(issued < 2n ** 63n, `pointer: issued ${issued}`)
  const end = RELAYS_AT + count * ID_BYTES
  const isSigned = content.length === end + SEAL_BYTES
  dropUnless(isSigned || content.length === end, `pointer: ${content.length} bytes`)
  const relays = []
  for (let at = RELAYS_AT; at < end; at += ID_BYTES) relays.push(idAt(content, at))
  const pointer = { lifetimeS, issued: String(issued), peer: idAt(content, PEER_AT), relays }
  if (!isSigned) return { ...pointer, publicKey: null, signature: null }
  return { ...pointer, ...await readSeal(pointer.peer, content, end) }
}

async function readSeal (peer, content, at) {
  const publicKey = content.subarray(at, at + KEY_BYTES)
  const signature = content.subarray(at + KEY_BYTES)
  dropUnless((await idOf(publicKey)).toString('hex') === peer, 'pointer: key of another peer')
  const signed = Buffer.concat([CONTEXT, content.subarray(0, at)])
  dropUnless(await signatureHolds(publicKey, signature, signed), 'pointer: signature')
  return { publicKey: publicKey.toString('hex'), signature: signature.toString('hex') }
}

function idAt (content, at) {
  return content.toString('hex', at, at + ID_BYTES)
}
