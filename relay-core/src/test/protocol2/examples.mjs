// What docs/protocol-vectors.json holds, in words: fixed keys, randoms and frames.
import { routingDatagrams, malformedRouting } from './routing-examples.mjs'
import { malformedSwarms, swarmDatagrams } from './swarm-examples.mjs'
import * as wire from './wire.mjs'

const ZERO_ID = '00'.repeat(wire.ID_BYTES)

/** The third seed is that of test 1 in RFC 8032, section 7.1. */
export const exampleKeys = [
  { name: 'dialer', seed: counting(0x00, 32) },
  { name: 'acceptor', seed: counting(0x20, 32) },
  { name: 'third', seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60' }
]

const dialerHello = helloOf('dialer', 'leaf', 0x40)
const acceptorHello = helloOf('acceptor', 'relay', 0x60)

export const exampleHellos = [
  { ...dialerHello, name: 'plain dialer', authority: 'relay.example:80' },
  { ...acceptorHello, name: 'plain acceptor' },
  {
    ...dialerHello,
    name: 'dialer with authority',
    authority: 'relay.example:8443',
    largestPayload: 1024
  },
  {
    ...acceptorHello,
    name: 'acceptor with every field',
    highest: 255,
    url: 'wss://rélais.example/way',
    authority: '[2001:db8::1]:443',
    largestPayload: 65536,
    observed: '[2001:db8::7]:50123'
  },
  {
    ...helloOf('third', 'relay', 0x80),
    name: 'relay dials a relay',
    url: 'ws://203.0.113.9:8080',
    authority: '203.0.113.1:9000',
    largestPayload: 0x7fffffff
  },
  {
    ...acceptorHello,
    name: 'acceptor with unknown fields',
    observed: '203.0.113.9:50123',
    unknown: [{ type: 5, value: '' }, { type: 0xffff, value: 'c0ffee' }, { type: 5, value: '00' }]
  },
  {
    ...helloOf('third', 'relay', 0x80),
    name: 'dial-back',
    url: 'ws://203.0.113.9:8080',
    authority: '[2001:db8::1]:443',
    largestPayload: 65536,
    check: true
  }
]

export const exampleGoingDowns = [
  { name: 'at once', delayMs: 0, canonical: true, frame: '8300000000' },
  { name: '4,660 ms', delayMs: 4660, canonical: true, frame: '8300001234' },
  { name: 'the longest delay', delayMs: 300000, canonical: true, frame: '83000493e0' },
  { name: 'a longer delay', delayMs: 300000, canonical: false, frame: '83000493e1' },
  { name: 'the largest number', delayMs: 300000, canonical: false, frame: '83ffffffff' },
  { name: 'of a later version', delayMs: 4660, canonical: false, frame: '830000123456' },
  { name: '4 bytes', delayMs: null, canonical: false, frame: '83000012' },
  { name: '1 byte', delayMs: null, canonical: false, frame: '83' }
]

function helloOf (key, role, firstOfRandom) {
  return {
    name: '',
    key,
    lowest: 2,
    highest: 2,
    role,
    random: counting(firstOfRandom, 32),
    url: null,
    authority: null,
    largestPayload: null,
    observed: null,
    check: false,
    unknown: []
  }
}

/** Datagrams of every kind and what they mean; canonical if an author writes them so. */
export async function exampleDatagrams (keys) {
  const [from, to, via] = keys.map(({ id }) => id)
  const header = { kind: 0, flags: 0, hops: 20, attempt: 0, nonce: '1', to, via: ZERO_ID, from }
  const of = (name, kind, content, means, changes = {}) =>
    ({ name, canonical: true, ...header, kind, content, means, ...changes })
  const json = (value) => Buffer.from(JSON.stringify(value)).toString('hex')
  const { user, findPeers, foundPeers, handshakeOffer, handshakeAnswer, signal, notice } = wire.KIND
  const about = '00000000000003e8' + via
  const noticed = { nonce: '1000', to: via, via: null }
  const asJson = { flags: wire.FLAG_JSON }
  const asking = { flags: wire.FLAG_ANSWER }
  const odd = { canonical: false }
  const url = 'ws://203.0.113.9:8080/way'
  const description = { type: 'offer', sdp: 'v=0\r\n' }
  return [
    of('bytes', user, '0001feff', { bytes: '0001feff' }),
    of('no bytes', user, '', { bytes: '' }),
    of('undefined', user, '', { undefined: true }, asJson),
    of('null', user, json(null), { json: null }, asJson),
    of('string', user, json('grüße 👋'), { json: 'grüße 👋' }, asJson),
    of('object', user, json({ a: [1, 2.5, true] }), { json: { a: [1, 2.5, true] } }, asJson),
    of('JSON with spaces', user, '205b205d0a', { json: [] }, asJson),
    of('largest nonce', user, '01', { bytes: '01' }, { nonce: '999999999999999' }),
    of('nonce 0 and no hops left', user, '01', { bytes: '01' }, { nonce: '0', hops: 0 }),
    of('via a relay', user, '01', { bytes: '01' }, { via, hops: 19 }),
    of('attempt that evades', user, '01', { bytes: '01' }, { attempt: 3, ...asking }),
    of('last attempt, located', user, '01', { bytes: '01' }, { attempt: 15, via, hops: 12 }),
    of('attempt of a later author', user, '01', { bytes: '01' }, { ...odd, attempt: 255 }),
    of('unverified', user, json('x'), { json: 'x' }, { flags: 3, hops: 18 }),
    of('bytes that ask for an answer', user, 'ff', { bytes: 'ff' }, asking),
    of('JSON that asks for an answer', user, json(1), { json: 1 }, { flags: 5 }),
    of('one of two copies', user, 'ff', { bytes: 'ff' }, { ...odd, flags: wire.FLAG_COPY }),
    of('sent on', user, 'ff', { bytes: 'ff' }, { ...odd, flags: wire.FLAG_SENT_ON, via, hops: 15 }),
    of('find-peers that asks for an answer', findPeers, via, { target: via },
      { ...odd, ...asking }),
    of('unknown flags', user, 'ff', { bytes: 'ff' }, { ...odd, flags: 0xe0 }),
    of('to oneself', user, '01', { bytes: '01' }, { to: from }),
    of('find-peers', findPeers, via, { target: via }),
    of('find-peers with the flag of JSON', findPeers, via, { target: via }, { ...odd, ...asJson }),
    of('found-peers, none', foundPeers, '', { ids: [] }),
    of('found-peers, two', foundPeers, to + via, { ids: [to, via] }),
    of('handshake-offer', handshakeOffer, '', {}),
    of('handshake-offer with content', handshakeOffer, '00', {}, odd),
    of('handshake-answer, WebRTC', handshakeAnswer, '01', { webRtc: true, url: null }),
    of('handshake-answer, URL', handshakeAnswer, '00' + ascii(url), { webRtc: false, url }),
    of('handshake-answer, both', handshakeAnswer, '01' + ascii(url), { webRtc: true, url }),
    of('handshake-answer, unknown bits', handshakeAnswer, 'fe', { webRtc: false, url: null }, odd),
    of('signal', signal, json(description), { json: description }, asJson),
    of('notice', notice, '0001' + about, { ...noticed, code: 1 }),
    of('notice with via', notice, `0002${about}${to}`, { ...noticed, code: 2, via: to }),
    of('notice 7', notice, `0007${about}${to}`, { ...noticed, code: 7, via: to }),
    of('notice, longer', notice, `0006${about}ff`, { ...noticed, code: 6 }, odd),
    of('notice with via, longer', notice, `0007${about}${to}ff`,
      { ...noticed, code: 7, via: to }, odd),
    of('notice, unknown code', notice, '00ff' + about, null, odd),
    ...await routingDatagrams(keys, of),
    ...await swarmDatagrams(keys, of),
    of('reserved kind', 126, 'c0ffee', null, odd),
    of('first kind', 0, '00', null, odd),
    of('last kind', 0x7f, '', null, odd)
  ]
}

/**
 * Frames with a fault, the state of the link in which they come, and the outcome: a close code,
 * `skip` for what a later version may mean, or `drop` for a datagram that its receiver ignores.
 */
export async function exampleMalformed (keys) {
  const [dialer] = keys
  return [...malformedHellos(dialer), ...malformedProofs(), ...await malformedDatagrams(keys)]
}

function malformedHellos ({ publicKey }) {
  const head = '80020200' + publicKey + counting(0x40, 32)
  const hello = (name, outcome, frame) => ({ name, state: 'hello', frame, outcome })
  const changed = (at, digits) => head.slice(0, 2 * at) + digits + head.slice(2 * at + 2)
  const authority = field(2, ascii('a:1'))
  return [
    hello('nothing', 1007, ''),
    hello('another kind', 1007, changed(0, '81') + authority),
    hello('a datagram', 1007, '01' + '00'.repeat(71)),
    hello('67 bytes', 1007, head.slice(0, -2)),
    hello('2,049 bytes', 1007, head + field(9, '00'.repeat(2049 - 68 - 4))),
    hello('lowest above highest', 1007, changed(1, '03') + authority),
    hello('lowest 0', 1007, changed(1, '00') + authority),
    hello('role 2', 1007, changed(3, '02') + authority),
    hello('header of a field over the end', 1007, head + authority + '000300'),
    hello('value of a field over the end', 1007, head + authority + '0003000400'),
    hello('unknown field over the end', 1007, head + authority + '7fffffff'),
    hello('a field twice', 1007, head + authority + authority),
    hello('URL not UTF-8', 1007, head + authority + field(1, 'c328')),
    hello('URL of 513 bytes', 1007, head + authority + field(1, '61'.repeat(513))),
    hello('authority of 301 bytes', 1007, head + field(2, '61'.repeat(301))),
    hello('largest payload of 3 bytes', 1007, head + authority + field(3, '010000')),
    hello('largest payload of 5 bytes', 1007, head + authority + field(3, '0000010000')),
    hello('largest payload of 2^31', 1007, head + authority + field(3, '80000000')),
    hello('observed address of 65 bytes', 1007, head + authority + field(4, '31'.repeat(65))),
    hello('dial-back of 1 byte', 1007, head + authority + field(6, '01')),
    hello('dial-back twice', 1007, head + authority + field(6, '') + field(6, '')),
    hello('dial-back', 'accept', head + authority + field(6, '')),
    hello('only version 3', 4010, '800303' + head.slice(6) + authority),
    hello('only version 1', 4010, '800101' + head.slice(6) + authority),
    hello('versions 1 to 3', 'accept', '800103' + head.slice(6) + authority)
  ]
}

function malformedProofs () {
  const proof = (name, outcome, frame) => ({ name, state: 'proof', frame, outcome })
  return [
    proof('64 bytes', 1007, '81' + '00'.repeat(63)),
    proof('66 bytes', 1007, '81' + '00'.repeat(65)),
    proof('another kind', 1007, '80' + '00'.repeat(64)),
    proof('a datagram before the proof', 1007, '01' + '00'.repeat(71)),
    proof('a signature of zeroes', 4012, '81' + '00'.repeat(64))
  ]
}

async function malformedDatagrams (keys) {
  const [dialer, acceptor] = keys
  const { user, findPeers, foundPeers, handshakeAnswer, signal, notice } = wire.KIND
  const open = (name, outcome, frame) => ({ name, state: 'open', frame, outcome })
  const header = (kind, flags = 0, hops = 20, nonce = '0000000000000001') =>
    [kind, flags, hops, 0].map(octet).join('') + nonce + acceptor.id + ZERO_ID + dialer.id
  const drop = (name, kind, flags, content) => open(name, 'drop', header(kind, flags) + content)
  const answer = (name, content) => drop(name, handshakeAnswer, 0, content)
  return [
    open('nothing', 1007, ''),
    open('71 bytes', 1007, header(user).slice(0, -2)),
    open('21 hops left', 1007, header(user, 0, 21)),
    open('nonce 10^15', 1007, header(user, 0, 20, '00038d7ea4c68000')),
    open('nonce with the highest bit', 1007, header(user, 0, 20, '8000000000000000')),
    open('unknown kind of this link', 'skip', '82'),
    open('last kind of this link', 'skip', 'ff' + '00'.repeat(100)),
    open('unknown kind of a datagram', 'skip', header(0x7e)),
    drop('JSON cut off', user, 1, '7b'),
    drop('JSON twice', user, 1, '3120' + '31'),
    drop('JSON not UTF-8', user, 1, '22c32822'),
    drop('JSON after a byte order mark', user, 1, 'efbbbf31'),
    drop('JSON of spaces', user, 1, '20'),
    drop('find-peers, 19 bytes', findPeers, 0, '00'.repeat(19)),
    drop('find-peers, 21 bytes', findPeers, 0, '00'.repeat(21)),
    drop('found-peers, 19 bytes', foundPeers, 0, '00'.repeat(19)),
    drop('found-peers, 21 ids', foundPeers, 0, '00'.repeat(420)),
    answer('handshake-answer, 0 bytes', ''),
    answer('handshake-answer, URL of 513 bytes', '00' + ascii('ws://' + 'a'.repeat(508))),
    answer('handshake-answer, URL not ASCII', '00' + ascii('ws://a/') + 'c3a9'),
    answer('handshake-answer, URL with a quote', '00' + ascii('ws://a/"')),
    answer('handshake-answer, URL with a line break', '00' + ascii('ws://a/\n')),
    answer('handshake-answer, URL of another scheme', '00' + ascii('http://a/')),
    answer('handshake-answer, URL without a host', '00' + ascii('ws://')),
    drop('signal without the flag', signal, 0, '7b7d'),
    drop('signal that is a list', signal, 1, '5b5d'),
    drop('signal that is undefined', signal, 1, ''),
    drop('notice, 29 bytes', notice, 0, '0001' + '00'.repeat(27)),
    ...await malformedRouting(keys, drop),
    ...await malformedSwarms(keys, drop)
  ]
}

function field (type, value) {
  return octet(type >> 8) + octet(type & 0xff) + octet(value.length >> 9) +
    octet((value.length >> 1) & 0xff) + value
}

/** Bytes that count up from `first`, in hexadecimal digits. */
function counting (first, length) {
  return Array.from({ length }, (_, i) => octet((first + i) & 0xff)).join('')
}

function ascii (text) {
  return Buffer.from(text, 'ascii').toString('hex')
}

function octet (n) {
  return n.toString(16).padStart(2, '0')
}
