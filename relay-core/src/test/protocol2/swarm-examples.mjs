// What docs/protocol-vectors.json holds of swarms: keys, what is made of them, kinds 15 to 20.
import * as wire from './wire.mjs'

const KEY = Buffer.from('a drive', 'ascii')
const ISSUED = 1_800_000_000_000n
const LAST_ISSUED = 2n ** 63n - 1n
const TOKEN = '8182838485868788'
const NO_ID = '00'.repeat(wire.ID_BYTES)
const LAST_ID = 'ff'.repeat(wire.ID_BYTES)
const LIFETIME_AT = 1
const ISSUED_AT = 3

/** One with members, the shortest and the longest key, and one that HMAC hashes first. */
export async function exampleSwarms (keys) {
  const swarm = await wire.swarmOf(KEY)
  return [
    {
      ...await swarmVector(keys, 'with members', KEY),
      memberships: await membershipVectors(keys, swarm),
      records: await recordVectors(keys, swarm),
      digests: digestVectors(keys)
    },
    await swarmVector(keys, 'shortest key', Buffer.from([0])),
    await swarmVector(keys, 'key of 65 bytes', Buffer.alloc(65, 0x5a)),
    await swarmVector(keys, 'longest key', Buffer.alloc(1024, 0xff))
  ]
}

async function swarmVector (keys, name, key) {
  const swarm = await wire.swarmOf(key)
  const tags = []
  for (const { id: peer } of keys) {
    tags.push({ peer, tag: text(await wire.memberTag(swarm, hex(peer))) })
  }
  const topics = await numbers(swarm, 'topic')
  return {
    name,
    key: text(key),
    id: text(swarm.id),
    tagKey: text(swarm.tagKey),
    tags,
    topics,
    presences: await numbers(swarm, 'presence'),
    data: await dataVectors(keys, swarm, topics[0].number),
    memberships: [],
    records: [],
    digests: []
  }
}

async function numbers (swarm, use) {
  const all = []
  for (const name of ['chat', 'Grüße 👋', '']) {
    all.push({ name, number: text(await wire.numberOf(swarm, use, name)) })
  }
  return all
}

/** `signed`: whether the member itself has said it; `tagged`: whether it knows the swarm's key. */
async function membershipVectors (keys, swarm) {
  const [one, other] = keys
  const last = { leaves: true, lifetimeS: 600, issued: LAST_ISSUED }
  const said = await membership(one, swarm)
  const others = await membership(other, swarm)
  const guessed = { id: swarm.id, tagKey: Buffer.alloc(32) }
  const of = (name, bytes, signed = true, tagged = true) =>
    ({ name, bytes, means: wire.readMembership(hex(bytes)), signed, tagged })
  return [
    of('a member', said),
    of('leaves', await membership(one, swarm, { leaves: true, issued: ISSUED + 1n })),
    of('all it can hold', await membership(one, swarm, last)),
    of('the least it can hold', await membership(one, swarm, { lifetimeS: 1, issued: 0n })),
    of('unknown flags, which nobody signs', changed(said, 0, 'fe')),
    of('tag of another key', await membership(one, guessed), true, false),
    of('lifetime changed', changed(said, LIFETIME_AT, '00b5'), false),
    of('flag changed', changed(said, 0, '01'), false),
    of('swarm changed', changed(said, 11, LAST_ID), false),
    of('tag of another member', changed(said, 51, others.slice(102, 134)), false, false),
    of('key and signature of another', said.slice(0, 134) + others.slice(134), false),
    of('signature of zeroes', said.slice(0, 198) + '00'.repeat(64), false)
  ]
}

async function recordVectors (keys, swarm) {
  const [, home] = keys
  const said = await membership(keys[0], swarm)
  const left = await membership(keys[0], swarm, { leaves: true })
  const home20 = hex(home.id)
  return [
    record('of the member itself', {}, said),
    record('of its home', { ageS: 7, home: home20 }, said),
    record('gone', { gone: true, ageS: 65535, home: home20 }, said),
    record('has left', { home: home20 }, left)
  ]
}

async function dataVectors (keys, swarm, topic) {
  const [author, receiver] = keys.map(({ id }) => id)
  const of = async (name, to, nonce, number, payload) => {
    const tag = await wire.dataTag(swarm, {
      author: hex(author),
      to: hex(to),
      nonce: BigInt(nonce),
      number: hex(number),
      payload: hex(payload)
    })
    return { name, author, to, nonce, number, payload, tag: text(tag) }
  }
  return [
    await of('to one', receiver, '1', topic, '0001feff'),
    await of('to all', text(swarm.id), '1', topic, '0001feff'),
    await of('largest numbers', receiver, '999999999999999', 'ff'.repeat(8), 'ff'),
    await of('no payload', receiver, '0', '00'.repeat(8), '')
  ]
}

/** Sums over nobody, some, and two of one bucket whose sum is beyond 64 bits. */
function digestVectors (keys) {
  const some = keys.map(({ id }) => id)
  const overflowing = [LAST_ID, `f${'0'.repeat(23)}0000000000000003`]
  return [[], some, [...some, ...overflowing, NO_ID]].map((ids) =>
    ({ ids, sums: wire.sumsOf(ids.map(hex)).map((sum) => text(wire.uint64(sum))) }))
}

/** Datagrams and what they mean. `of` takes a name, kind, content, meaning and changes. */
export async function swarmDatagrams (keys, of) {
  const { swarmPublish, swarmNews, swarmSync, swarmCast, swarmData, swarmFanOut } = wire.KIND
  const swarm = await wire.swarmOf(KEY)
  const id = text(swarm.id)
  const [author, home] = keys.map(({ id }) => id)
  const [own, there, gone, left] = await recordVectors(keys, swarm)
  const full = Array(32).fill(there)
  const publish = (name, flags, records, copy, changes) =>
    of(`swarm-publish, ${name}`, swarmPublish, flags + bytes(records),
      { copy, records: means(records) }, changes)
  const news = (name, flags, span, records, changes) =>
    of(`swarm-news, ${name}`, swarmNews,
      id + TOKEN + flags + (span ?? []).join('') + bytes(records),
      { swarm: id, token: TOKEN, span, records: means(records) }, changes)
  const sums = wire.sumsOf([author, home].map(hex)).map((sum) => text(wire.uint64(sum)))
  const question = id + author + TOKEN + sums.join('')
  const asked = { swarm: id, asker: author, token: TOKEN, sums }
  const [toOne, toAll, , empty] = await dataVectors(keys, swarm, '0123456789abcdef')
  const data = (name, kind, { number, tag, payload }, changes) =>
    of(name, kind, id + number + tag + payload, { swarm: id, number, tag, payload }, changes)
  const odd = { canonical: false }
  return [
    publish('of a member itself', '00', [own], false),
    publish('of two', '00', [there, gone], false),
    publish('copy', '01', [there, left], true),
    publish('as many as there may be', '01', full, true),
    publish('none', '00', [], false),
    publish('unknown flags', 'fe', [own], false, odd),
    news('who has come', '00', null, [there]),
    news('who has gone and who has left', '00', null, [gone, left]),
    news('all of a bucket', '01', [`a${'0'.repeat(39)}`, `a${'f'.repeat(39)}`], [there]),
    news('all are known', '01', [NO_ID, LAST_ID], []),
    news('nothing differs', '00', null, []),
    news('first after last', '01', [LAST_ID, NO_ID], []),
    news('unknown flags', 'fe', null, [there], odd),
    of('swarm-sync', swarmSync, question, asked),
    of('swarm-sync, longer', swarmSync, question + 'ff', asked, odd),
    data('swarm-cast', swarmCast, toAll, { to: id }),
    data('swarm-cast with the flag of JSON', swarmCast, toAll,
      { ...odd, to: id, flags: wire.FLAG_JSON }),
    data('swarm-data', swarmData, toOne),
    data('swarm-data without payload', swarmData, empty, { nonce: '0' }),
    data('swarm-fan-out', swarmFanOut, toAll)
  ]
}

/** What is to be dropped. `drop` takes a name, kind, flags and content. */
export async function malformedSwarms (keys, drop) {
  const { swarmPublish, swarmNews, swarmSync, swarmCast, swarmData, swarmFanOut } = wire.KIND
  const swarm = await wire.swarmOf(KEY)
  const id = text(swarm.id)
  const [record] = await recordVectors(keys, swarm)
  const news = (name, rest) => drop(`swarm-news, ${name}`, swarmNews, 0, id + TOKEN + rest)
  const cut = (name, kind, length) =>
    drop(`${name}, ${length} bytes`, kind, 0, (id + '00'.repeat(200)).slice(0, 2 * length))
  return [
    drop('swarm-publish, 0 bytes', swarmPublish, 0, ''),
    ...malformedRecords(record.bytes, (name, records) =>
      drop(`swarm-publish, ${name}`, swarmPublish, 0, '00' + records)),
    cut('swarm-news', swarmNews, 0),
    cut('swarm-news', swarmNews, 28),
    news('ids cut', '01' + NO_ID + LAST_ID.slice(2)),
    news('ids that it says are there', '01'),
    ...malformedRecords(record.bytes, (name, records) => news(name, '00' + records)),
    cut('swarm-sync', swarmSync, 0),
    cut('swarm-sync', swarmSync, 175),
    cut('swarm-cast', swarmCast, 43),
    cut('swarm-data', swarmData, 43),
    cut('swarm-fan-out', swarmFanOut, 43)
  ]
}

function malformedRecords (record, of) {
  const said = (at, digits) => changed(record, 23 + at, digits)
  return [
    of('1 byte of a record', record.slice(0, 2)),
    of('a record cut', record.slice(0, -2)),
    of('a byte after a record', record + '00'),
    of('the second record cut', record + record.slice(0, 2 * 100)),
    of('33 records', record.repeat(33)),
    of('lifetime 0', said(LIFETIME_AT, '0000')),
    of('lifetime of 601 s', said(LIFETIME_AT, '0259')),
    of('issued at 2^63', said(ISSUED_AT, '8000000000000000')),
    of('lifetime 0 in the second record', record + said(LIFETIME_AT, '0000'))
  ]
}

/** What the holder of a key of `keys` says, in hexadecimal digits. */
async function membership ({ seed }, swarm, changes) {
  const identity = await wire.identityOf(hex(seed))
  const said = { lifetimeS: 180, issued: ISSUED, ...changes }
  return text(await wire.signMembership(identity, swarm, said))
}

function record (name, said, membership) {
  const bytes = wire.writeRecord({ ...said, membership: hex(membership) })
  return { name, bytes: text(bytes), means: wire.readRecord(bytes) }
}

function bytes (records) {
  return records.map((record) => record.bytes).join('')
}

function means (records) {
  return records.map((record) => record.means)
}

function changed (digits, at, to) {
  return digits.slice(0, 2 * at) + to + digits.slice(2 * at + to.length)
}

function hex (digits) {
  return Buffer.from(digits, 'hex')
}

function text (bytes) {
  return Buffer.from(bytes).toString('hex')
}
