// Presence as docs/protocol.md, section 12, describes it: records and frames. Nothing here does I/O.
import { ID_BYTES, dropUnless, sign, signatureHolds, uint16, uint32, uint64 } from './basics.mjs'

export const PARTS = 256
const LINKS = 1
const DATA = 2
const MAX_FRAME_BYTES = 32_768
const MAX_LINKS = 16
const MAX_DATA_BYTES = 15_000
const SIGNATURE_BYTES = 64
const CONTEXT = {
  links: Buffer.from('peer-relay.2 presence links\0', 'ascii'),
  data: Buffer.from('peer-relay.2 presence data\0', 'ascii')
}
const FNV_BASIS = 0xcbf29ce484222325n
const FNV_PRIME = 0x100000001b3n

/** The kinds of frames, in the order of their numbers, which begin with 1. */
const FRAMES = [
  'ask', 'accept', 'disconnect', 'alive', 'push', 'answer', 'announce', 'fetch', 'announce only',
  'digest', 'versions', 'ask pages', 'page'
]

/** The 29 bytes by which a record is called: {record, peer, version}, record `links` or `data`. */
export function writeName ({ record, peer, version }) {
  const kind = record === 'links' ? LINKS : DATA
  return Buffer.concat([Buffer.from([kind]), hex(peer), uint64(BigInt(version))])
}

/** What a record adds to the sum of its part. */
export function markOf (name) {
  return writeName(name).reduce(
    (hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME), FNV_BASIS)
}

/** The part of a peer's records. */
export function partOf (peer) {
  return hex(peer)[ID_BYTES - 1]
}

/** The sums over records, by part. */
export function presenceSums (records) {
  const sums = new Array(PARTS).fill(0n)
  for (const record of records) {
    const part = partOf(record.peer)
    sums[part] = BigInt.asUintN(64, sums[part] + markOf(record))
  }
  return sums
}

/** What a peer signs in the presence with that number. */
export function presenceSigned (record, presence) {
  return Buffer.concat([
    CONTEXT[record.record],
    presence,
    hex(record.peer),
    uint64(BigInt(record.version)),
    writeSaid(record)
  ])
}

export async function signPresence (identity, record, presence) {
  return { ...record, signature: text(await sign(identity, presenceSigned(record, presence))) }
}

export async function presenceHolds (record, publicKey, presence) {
  return await signatureHolds(publicKey, hex(record.signature), presenceSigned(record, presence))
}

function writeSaid ({ record, links, data }) {
  return record === 'links'
    ? Buffer.concat([Buffer.from([links.length]), ...links.map(hex)])
    : Buffer.concat([uint16(data.length / 2), hex(data)])
}

/** A record as it stands in frames. */
export function writePresenceRecord (record) {
  return Buffer.concat([writeName(record), writeSaid(record), hex(record.signature)])
}

/** A frame: {frame, ...fields}. Ids, sums, signatures and data are hexadecimal digits. */
export function writeFrame ({ frame, ...said }) {
  const kind = FRAMES.indexOf(frame) + 1
  return Buffer.concat([Buffer.from([kind]), ...writers[frame](said)])
}

const writers = {
  ask: ({ urgent }) => [flag(urgent)],
  accept: () => [],
  disconnect: ({ reason }) => [Buffer.from([reason])],
  alive: ({ summary }) => [hex(summary)],
  push: ({ records }) => records.map(writePresenceRecord),
  answer: ({ records }) => records.map(writePresenceRecord),
  announce: ({ names }) => names.map(writeName),
  fetch: ({ graft, names }) => [flag(graft), ...names.map(writeName)],
  'announce only': () => [],
  digest: ({ sums }) => sums.map(hex),
  versions: ({ parts, peers }) => [
    uint16(parts.length),
    Buffer.from(parts),
    ...peers.flatMap(({ peer, links, data }) =>
      [hex(peer), uint64(BigInt(links)), uint64(BigInt(data))])
  ],
  'ask pages': ({ cursor, pages }) => [uint32(cursor), Buffer.from([pages])],
  page: ({ cursor, next, records }) =>
    [uint32(cursor), uint32(next), ...records.map(writePresenceRecord)]
}

/** What a frame says; null if it is of an unknown kind. Throws if it is malformed. */
export function readFrame (bytes) {
  dropUnless(bytes.length <= MAX_FRAME_BYTES, `frame: ${bytes.length} bytes`)
  const from = new Reader(bytes)
  const frame = FRAMES[from.byte() - 1]
  if (!frame) return null
  const said = { frame, ...readers[frame](from) }
  dropUnless(!from.hasMore, `${frame}: bytes after its fields`)
  return said
}

const readers = {
  ask: (from) => ({ urgent: from.flag() }),
  accept: () => ({}),
  disconnect: (from) => ({ reason: from.byte() }),
  alive: (from) => ({ summary: text(from.bytes(8)) }),
  push: (from) => ({ records: from.all(readRecord) }),
  answer: (from) => ({ records: from.all(readRecord) }),
  announce: (from) => ({ names: readNames(from) }),
  fetch: (from) => ({ graft: from.flag(), names: readNames(from) }),
  'announce only': () => ({}),
  digest: (from) => ({ sums: Array.from({ length: PARTS }, () => text(from.bytes(8))) }),
  versions: (from) => ({ parts: readParts(from), peers: from.all(readVersions) }),
  'ask pages': (from) => ({ cursor: from.cursor(), pages: from.byte() }),
  page: (from) =>
    ({ cursor: from.cursor(), next: from.cursor(), records: from.all(readRecord) })
}

function readName (from) {
  const kind = from.byte()
  dropUnless(kind === LINKS || kind === DATA, `record kind: ${kind}`)
  const peer = text(from.bytes(ID_BYTES))
  const version = from.version()
  dropUnless(version > 0n, 'version: 0')
  return { record: kind === LINKS ? 'links' : 'data', peer, version: String(version) }
}

function readNames (from) {
  const names = from.all(readName)
  dropUnless(names.length > 0, 'names: none')
  return names
}

function readRecord (from) {
  const name = readName(from)
  const said = name.record === 'links' ? { links: readLinks(from, name.peer) } : readData(from)
  return { ...name, ...said, signature: text(from.bytes(SIGNATURE_BYTES)) }
}

function readLinks (from, peer) {
  const count = from.byte()
  dropUnless(count <= MAX_LINKS, `links: ${count}`)
  const links = Array.from({ length: count }, () => text(from.bytes(ID_BYTES)))
  dropUnless(links.every((link, i) => i === 0 || links[i - 1] < link), 'links: out of order')
  dropUnless(!links.includes(peer), 'links: with itself')
  return links
}

function readData (from) {
  const length = from.bytes(2).readUInt16BE()
  dropUnless(length <= MAX_DATA_BYTES, `data: ${length} bytes`)
  return { data: text(from.bytes(length)) }
}

function readParts (from) {
  const count = from.bytes(2).readUInt16BE()
  dropUnless(count <= PARTS, `parts: ${count}`)
  const parts = [...from.bytes(count)]
  dropUnless(parts.every((part, i) => i === 0 || parts[i - 1] < part), 'parts: out of order')
  return parts
}

function readVersions (from) {
  return {
    peer: text(from.bytes(ID_BYTES)),
    links: String(from.version()),
    data: String(from.version())
  }
}

/** Reads fields one after the other; throws where there is too little left. */
class Reader {
  #bytes
  #at = 0

  constructor (bytes) {
    this.#bytes = bytes
  }

  get hasMore () {
    return this.#at < this.#bytes.length
  }

  bytes (count) {
    const end = this.#at + count
    dropUnless(end <= this.#bytes.length, `frame: ${this.#bytes.length} bytes`)
    const read = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return read
  }

  byte () {
    return this.bytes(1)[0]
  }

  flag () {
    const flags = this.byte()
    dropUnless(flags <= 1, `flags: ${flags}`)
    return flags === 1
  }

  cursor () {
    const cursor = this.bytes(4).readUInt32BE()
    dropUnless(cursor < 2 ** 31, `cursor: ${cursor}`)
    return cursor
  }

  version () {
    const version = this.bytes(8).readBigUInt64BE()
    dropUnless(version < 2n ** 63n, `version: ${version}`)
    return version
  }

  /** Everything that is left. */
  all (read) {
    const found = []
    while (this.hasMore) found.push(read(this))
    return found
  }
}

function flag (set) {
  return Buffer.from([set ? 1 : 0])
}

function hex (digits) {
  return Buffer.from(digits, 'hex')
}

function text (bytes) {
  return Buffer.from(bytes).toString('hex')
}
