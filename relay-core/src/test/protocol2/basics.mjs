// What every part of protocol 2 needs: kinds, ids, faults and numbers.
import { webcrypto } from 'node:crypto'

const { subtle } = webcrypto

export const ID_BYTES = 20
export const FLAG_JSON = 1
export const FLAG_UNVERIFIED = 2
export const FLAG_ANSWER = 4
export const FLAG_COPY = 8
export const FLAG_SENT_ON = 16
export const KIND = {
  user: 1,
  findPeers: 2,
  foundPeers: 3,
  handshakeOffer: 4,
  handshakeAnswer: 5,
  signal: 6,
  notice: 7,
  pointer: 8,
  locate: 9,
  located: 10,
  ping: 11,
  pong: 12,
  trace: 13,
  traceHop: 14,
  swarmPublish: 15,
  swarmNews: 16,
  swarmSync: 17,
  swarmCast: 18,
  swarmData: 19,
  swarmFanOut: 20,
  hello: 0x80,
  proof: 0x81,
  goingDown: 0x83
}

/** A violation by the other end, and the close code that section 7 has for it. */
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

/** Whether `signature` by the raw key `publicKey` is of `signed`. */
export async function signatureHolds (publicKey, signature, signed) {
  try {
    const key = await subtle.importKey('raw', publicKey, 'Ed25519', true, ['verify'])
    return await subtle.verify('Ed25519', key, signature, signed)
  } catch {
    return false // not a point of the curve
  }
}

export async function sign (identity, signed) {
  return Buffer.from(await subtle.sign('Ed25519', identity.key, signed))
}

export function decodeUtf8 (bytes) {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

export function uint16 (n) {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(n)
  return bytes
}

export function uint32 (n) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}

export function uint64 (n) {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(n)
  return bytes
}

export function check (holds, message) {
  if (!holds) throw new ProtocolError(1007, message)
}

export function dropUnless (holds, message) {
  if (!holds) throw new ProtocolError(null, message)
}
