// What docs/protocol-vectors.json holds of presence: records and frames.
import * as wire from './wire.mjs'

const PRESENCE = '0123456789abcdef'
const NOW = '1800000000000'
const LAST = String(2n ** 63n - 1n)
const NO_ID = '00'.repeat(wire.ID_BYTES)
const LAST_ID = 'ff'.repeat(wire.ID_BYTES)
const SEVENTEEN = Array.from({ length: 17 }, (_, i) => `${'a'.repeat(38)}${10 + i}`)

/** Records of the holders of `keys`, and some that nobody should take. */
export async function examplePresenceRecords (keys) {
  const [one, other] = keys
  const links = await record(one, { record: 'links', version: NOW, links: [NO_ID, LAST_ID] })
  const of = async (name, signer, record, presence = PRESENCE) => ({
    name,
    presence,
    means: record,
    bytes: text(wire.writePresenceRecord(record)),
    signed: text(wire.presenceSigned(record, hex(presence))),
    holds: await wire.presenceHolds(record, hex(signer.publicKey), hex(presence)),
    mark: text(wire.uint64(wire.markOf(record)))
  })
  return [
    await of('links', one, links),
    await of('no links', one, await record(one, { record: 'links', version: '1', links: [] })),
    await of('as many links as there may be', other,
      await record(other, { record: 'links', version: LAST, links: SEVENTEEN.slice(1) })),
    await of('data', other, await record(other, { record: 'data', version: NOW, data: '7b7d' })),
    await of('no data', one, await record(one, { record: 'data', version: '2', data: '' })),
    await of('of another presence', one, links, '0123456789abcdee'),
    await of('said of another', other, { ...links, peer: other.id }),
    await of('older than it was', one, { ...links, version: '1' })
  ]
}

/** Sums over nothing, and over what there is of two peers. */
export async function examplePresenceSums (keys) {
  const all = await examplePresenceRecords(keys)
  const records = [0, 2, 3, 4].map((i) => all[i].means)
  return [[], records].map((some) => ({
    records: some.map((record) => text(wire.writeName(record))),
    sums: wire.presenceSums(some).map((sum) => text(wire.uint64(sum)))
  }))
}

/** Frames and what they mean; null for what a later version may know. */
export async function examplePresenceFrames (keys) {
  const [links, , , data] = (await examplePresenceRecords(keys)).map(({ means }) => means)
  const [{ sums }] = (await examplePresenceSums(keys)).slice(1)
  const names = [links, data].map(({ record, peer, version }) => ({ record, peer, version }))
  const of = (name, said) =>
    ({ name, frame: text(wire.writeFrame(said)), canonical: true, means: said })
  return [
    of('ask', { frame: 'ask', urgent: false }),
    of('ask urgently', { frame: 'ask', urgent: true }),
    of('accept', { frame: 'accept' }),
    ...[1, 2, 3, 4, 5, 6].map((reason) =>
      of(`disconnect, ${reason}`, { frame: 'disconnect', reason })),
    {
      ...of('disconnect for a reason of later', { frame: 'disconnect', reason: 255 }),
      canonical: false
    },
    of('alive', { frame: 'alive', summary: 'fedcba9876543210' }),
    of('push', { frame: 'push', records: [links, data] }),
    of('push of nothing', { frame: 'push', records: [] }),
    of('answer', { frame: 'answer', records: [data] }),
    of('announce', { frame: 'announce', names }),
    of('fetch', { frame: 'fetch', graft: false, names }),
    of('fetch with graft', { frame: 'fetch', graft: true, names: names.slice(1) }),
    of('announce only', { frame: 'announce only' }),
    of('digest', { frame: 'digest', sums }),
    of('versions', {
      frame: 'versions',
      parts: [0, 8, 255],
      peers: [{ peer: links.peer, links: NOW, data: '0' }, { peer: LAST_ID, links: '0', data: LAST }]
    }),
    of('versions without parts', { frame: 'versions', parts: [], peers: [] }),
    of('ask pages', { frame: 'ask pages', cursor: 0, pages: 4 }),
    of('ask pages from the last cursor', { frame: 'ask pages', cursor: 2 ** 31 - 1, pages: 255 }),
    of('page', { frame: 'page', cursor: 70000, next: 0, records: [links, data] }),
    { name: 'kind 0', frame: '00', canonical: false, means: null },
    { name: 'kind 14', frame: '0e0102', canonical: false, means: null }
  ]
}

/** Frames that are to be dropped. */
export async function malformedPresence (keys) {
  const [links, , , data] = (await examplePresenceRecords(keys)).map(({ bytes }) => bytes)
  const frames = (await examplePresenceFrames(keys)).filter(({ canonical }) => canonical)
  const cuts = frames
    .filter(({ means }) => !['versions', 'push'].includes(means.frame) || means.records?.length)
    .map(({ name, frame }) => ({ name: `${name}, cut`, frame: frame.slice(0, -2) }))
  const name = (kind, version) => `07${kind}${NO_ID}${version}`
  const said = (links) => `0501${NO_ID}0000000000000001${links}${'00'.repeat(64)}`
  return [
    { name: 'nothing', frame: '' },
    ...cuts.filter(({ frame }) => frame !== ''),
    { name: 'ask with a flag that is none', frame: '0102' },
    { name: 'accept, longer', frame: '0200' },
    { name: 'announce nothing', frame: '07' },
    { name: 'fetch nothing', frame: '0801' },
    { name: 'fetch with a flag that is none', frame: '0802' + name('01', '0000000000000001').slice(2) },
    { name: 'name of a third kind', frame: name('03', '0000000000000001') },
    { name: 'version 0', frame: name('01', '0000000000000000') },
    { name: 'version 2^63', frame: name('02', '8000000000000000') },
    { name: 'record of a third kind', frame: '0503' + links.slice(2) },
    { name: '17 links', frame: said('11' + SEVENTEEN.join('')) },
    { name: 'links out of order', frame: said('02' + LAST_ID + SEVENTEEN[0]) },
    { name: 'a link twice', frame: said('02' + LAST_ID + LAST_ID) },
    { name: 'a link with itself', frame: said('01' + NO_ID) },
    { name: 'data of 15,001 bytes', frame: '05' + data.slice(0, 58) + '3a99' + '00'.repeat(64) },
    { name: '257 parts', frame: '0b0101' + '00'.repeat(257) },
    { name: 'a part twice', frame: '0b00020505' },
    { name: 'parts out of order', frame: '0b00020605' },
    { name: 'cursor 2^31', frame: '0c8000000001' },
    { name: 'next cursor 2^31', frame: '0d0000000080000000' }
  ]
}

async function record (key, said) {
  const identity = await wire.identityOf(hex(key.seed))
  return await wire.signPresence(identity, { ...said, peer: key.id }, hex(PRESENCE))
}

function hex (digits) {
  return Buffer.from(digits, 'hex')
}

function text (bytes) {
  return Buffer.from(bytes).toString('hex')
}
