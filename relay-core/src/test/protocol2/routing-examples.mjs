// What docs/protocol-vectors.json holds of the kinds 8 to 14: pointers, pings and traces.
import * as wire from './wire.mjs'

const NONCE = '00000000000003e8'
const LARGEST_NONCE = '00038d7ea4c67fff'
const LAST_ISSUED = 2n ** 63n - 1n

/** Datagrams and what they mean. `of` takes a name, kind, content, meaning and changes. */
export async function routingDatagrams (keys, of) {
  const { pointer, locate, located, ping, pong, trace, traceHop } = wire.KIND
  const [author, relay, third] = keys.map(({ id }) => id)
  const odd = { canonical: false }
  const mine = await signed(keys[0], { relays: [relay] })
  const relays = [relay, third, 'ff'.repeat(wire.ID_BYTES), '01'.repeat(wire.ID_BYTES)]
  const last = { lifetimeS: 3600, issued: LAST_ISSUED, relays }
  const full = await signed(keys[0], last)
  const made = unsigned({ peer: third, relays: [relay] })
  const first = unsigned({ lifetimeS: 1, issued: 0n, peer: third, relays: [author, relay] })
  const hop = (name, content, means, changes) =>
    of(name, traceHop, NONCE + content, means && { nonce: '1000', ...means }, changes)
  const copy = (of, ageS = 0) => ({ copy: true, ageS, pointer: of.means })
  const passed = (of, ageS = 0) => ({ copy: false, ageS, pointer: of.means })
  return [
    of('pointer, signed', pointer, '00' + mine.text, passed(mine)),
    of('pointer, signed, with all it can hold', pointer, '00' + full.text, passed(full)),
    of('pointer, unsigned', pointer, '00' + made.text, passed(made)),
    of('pointer, unsigned, issued at 0', pointer, '00' + first.text, passed(first)),
    of('copy of a signed pointer', pointer, '01' + mine.text, copy(mine)),
    of('copy of an unsigned pointer', pointer, '01' + made.text, copy(made)),
    of('pointer, as old as can be', pointer, 'fe' + mine.text, passed(mine, 4064)),
    of('copy of a pointer, 64 seconds old', pointer, '05' + mine.text, copy(mine, 64)),
    of('locate', locate, third + relay, { target: third, asker: relay }),
    of('locate, longer', locate, third + relay + 'ff', { target: third, asker: relay }, odd),
    of('located, signed', located, mine.text, { pointer: mine.means }),
    of('located, unsigned', located, made.text, { pointer: made.means }),
    of('ping', ping, '', {}),
    of('ping with content', ping, '00', {}, odd),
    of('pong', pong, NONCE, { nonce: '1000' }),
    of('pong, largest nonce', pong, LARGEST_NONCE, { nonce: '999999999999999' }),
    of('pong, longer', pong, NONCE + 'ff', { nonce: '1000' }, odd),
    of('trace', trace, '', {}),
    of('trace with content', trace, '00', {}, odd),
    hop('trace-hop, arrived', '1300', { hops: 19, verdict: 0, next: null }),
    hop('trace-hop over the link of the target', `1401${third}`,
      { hops: 20, verdict: 1, next: third }),
    hop('trace-hop towards the target', `1402${relay}`, { hops: 20, verdict: 2, next: relay }),
    hop('trace-hop towards a relay', `1403${relay}`, { hops: 20, verdict: 3, next: relay }),
    hop('trace-hop in the legacy format', `0104${third}`, { hops: 1, verdict: 4, next: third }),
    hop('trace-hop, nothing leads there', '1405', { hops: 20, verdict: 5, next: null }),
    hop('trace-hop, not here', '1306', { hops: 19, verdict: 6, next: null }),
    hop('trace-hop, no hops left', '0007', { hops: 0, verdict: 7, next: null }),
    hop('trace-hop, another reason', '1408', { hops: 20, verdict: 8, next: null }),
    hop('trace-hop, longer', '1300ff', { hops: 19, verdict: 0, next: null }, odd),
    hop('trace-hop with next, longer', `1401${third}ff`,
      { hops: 20, verdict: 1, next: third }, odd),
    hop('trace-hop, unknown outcome', '1309', null, odd)
  ]
}

/** What is to be dropped. `drop` takes a name, kind, flags and content. */
export async function malformedRouting (keys, drop) {
  const { locate, pong, traceHop } = wire.KIND
  const [, relay, third] = keys.map(({ id }) => id)
  return [
    drop('pointer, 0 bytes', wire.KIND.pointer, 0, ''),
    ...await malformedPointers(keys, (name, text) =>
      drop(`pointer, ${name}`, wire.KIND.pointer, 0, '00' + text)),
    ...await malformedPointers(keys, (name, text) =>
      drop(`located, ${name}`, wire.KIND.located, 0, text)),
    drop('locate, 20 bytes', locate, 0, third),
    drop('locate, 39 bytes', locate, 0, (third + relay).slice(0, -2)),
    drop('pong, 0 bytes', pong, 0, ''),
    drop('pong, 7 bytes', pong, 0, NONCE.slice(0, -2)),
    drop('trace-hop, 0 bytes', traceHop, 0, ''),
    drop('trace-hop, 9 bytes', traceHop, 0, NONCE + '14')
  ]
}

async function malformedPointers (keys, of) {
  const [author, relay, third] = keys.map(({ id }) => id)
  const mine = (await signed(keys[0], { relays: [relay] })).text
  const others = (await signed(keys[2], { relays: [relay] })).text
  const made = unsigned({ peer: author, relays: [relay, third] }).text
  const changed = (text, at, digits) =>
    text.slice(0, 2 * at) + digits + text.slice(2 * at + digits.length)
  const seal = 2 * (31 + 20)
  const flipped = (Number('0x' + mine.slice(-2)) ^ 1).toString(16).padStart(2, '0')
  return [
    of('no bytes', ''),
    of('30 bytes', made.slice(0, 60)),
    of('without relays', made.slice(0, 62)),
    of('count 0', changed(made.slice(0, 62), 0, '00')),
    of('count 5', changed(made, 0, '05') + relay + third + relay),
    of('fewer relays than its count', changed(made, 0, '03')),
    of('more relays than its count', changed(made, 0, '01')),
    of('lifetime 0', changed(made, 1, '0000')),
    of('lifetime of 3,601 s', changed(made, 1, '0e11')),
    of('issued at 2^63', changed(made, 3, '8000000000000000')),
    of('a byte too long', mine + '00'),
    of('a byte too short', mine.slice(0, -2)),
    of('key without signature', mine.slice(0, seal + 64)),
    of('signature changed', mine.slice(0, -2) + flipped),
    of('lifetime changed after it was signed', changed(mine, 1, '0385')),
    of('relay changed after it was signed', changed(mine, 31, third)),
    of('signature of zeroes', mine.slice(0, seal + 64) + '00'.repeat(64)),
    of('signature of another key', mine.slice(0, seal + 64) + others.slice(seal + 64)),
    of('key and signature of another peer', mine.slice(0, seal) + others.slice(seal)),
    of('signed by another peer, all of it', await forged(keys[2], author, relay)),
    of('signature over the first byte of kind 8', await signedOver(keys[0], '00', mine, seal))
  ]
}

/** A pointer of `peer` that the holder of another key has signed rightly, but for the key. */
async function forged (key, peer, relay) {
  const text = unsigned({ peer, relays: [relay] }).text
  return text + await sealOf(key, text)
}

async function signedOver (key, before, pointer, seal) {
  const text = pointer.slice(0, seal)
  return text + await sealOf(key, before + text)
}

async function sealOf ({ seed, publicKey }, signed) {
  const context = Buffer.from('peer-relay.2 pointer\0', 'ascii')
  const identity = await wire.identityOf(hex(seed))
  const signature = await wire.sign(identity, Buffer.concat([context, hex(signed)]))
  return publicKey + signature.toString('hex')
}

/** A pointer in hexadecimal digits, and what it means. */
async function signed ({ seed }, changes) {
  const { lifetimeS, issued, relays } = said(changes)
  const identity = await wire.identityOf(hex(seed))
  return described(
    await wire.signPointer(identity, { lifetimeS, issued, relays: relays.map(hex) }),
    { lifetimeS, issued, peer: identity.id.toString('hex'), relays }, true)
}

function unsigned (changes) {
  const { lifetimeS, issued, peer, relays } = said(changes)
  return described(
    wire.writePointer({ lifetimeS, issued, peer: hex(peer), relays: relays.map(hex) }),
    { lifetimeS, issued, peer, relays }, false)
}

function said (changes) {
  return { lifetimeS: 900, issued: 1_800_000_000_000n, ...changes }
}

function described (bytes, pointer, isSigned) {
  const text = bytes.toString('hex')
  const publicKey = isSigned ? text.slice(-192, -128) : null
  const signature = isSigned ? text.slice(-128) : null
  return { text, means: { ...pointer, issued: String(pointer.issued), publicKey, signature } }
}

function hex (digits) {
  return Buffer.from(digits, 'hex')
}
