// What moshpit's users do with channels, step by step; ends with status 0 if all of it works.
//
//   node channels.mjs BASE form|json
//
// With the environment variable MOSHPIT, the folder of moshpit's own source, it runs that client
// instead of the one here.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { once } from 'node:events'

const require = createRequire(import.meta.url)
const [base, bodies] = process.argv.slice(2)
const channel = process.env.MOSHPIT
  ? require(process.env.MOSHPIT)(base)
  : require('./channel-client.cjs')(base, { bodies })
// Values of a form are text.
const value = number => bodies === 'json' ? number : String(number)

setTimeout(() => { throw new Error('not done after 30 s') }, 30_000).unref()

const open = id => {
  const member = channel(id)
  member.rows = []
  return member.on('data', row => member.rows.push(row))
}

// The data of the next event, which has to be this one.
const next = async (member, event) => {
  while (member.rows.length === 0) await once(member, 'data')
  const [name, data] = member.rows.shift()
  assert.equal(name, event)
  return data
}

// Writes wait for the connection, and who broadcasts hears it too.
const owner = open()
owner.write({ x: 1 })
const self = await next(owner, 'connect')
for (const name of ['id', 'cid', 'token']) assert.match(self[name], /^[0-9a-f]{32}$/)
assert.deepEqual(await next(owner, 'signal'), { x: value(1) })

// The owner is told who joins, and can speak to one alone.
const alice = open(self.id)
const aliceSelf = await next(alice, 'connect')
assert.equal(aliceSelf.id, self.id)
assert.notEqual(aliceSelf.token, self.token)
const bob = open(self.id)
const { cid: bobCid } = await next(bob, 'connect')
const joins = [await next(owner, 'join'), await next(owner, 'join')]
assert.deepEqual(joins, [aliceSelf.cid, bobCid].map(cid => ({ id: self.id, cid })))
owner.write({ direct: 'yes', _cid: aliceSelf.cid })
assert.deepEqual(await next(alice, 'signal'), { direct: 'yes' })

// Nothing in the data disturbs the events around it.
const awkward = {
  sdp: 'v=0\r\no=- 46 2 IN IP4 127.0.0.1\r\n\r\ns=-: \n\n: x\nevent: leave\ndata: {}\n\n',
  'a: key': 'a: b: c',
  words: 'Grüße, привет, 世界, 🐙',
  list: ['x', ['y', 'z']],
  deep: { er: { still: 'here' } },
  'a&b=c[d]': '%5B+'
}
if (bodies === 'form') delete awkward['a&b=c[d]']
alice.write(awkward)
for (const member of [owner, alice, bob]) {
  assert.deepEqual(await next(member, 'signal'), awkward)
}

// In a form null is empty text, and what is empty vanishes.
alice.write({ nothing: null, none: [], empty: {}, text: '' })
const plain = bodies === 'json'
  ? { nothing: null, none: [], empty: {}, text: '' }
  : { nothing: '', text: '' }
for (const member of [owner, alice, bob]) assert.deepEqual(await next(member, 'signal'), plain)

// Only the owner hears who leaves; with the owner the channel ends.
bob.destroy()
assert.deepEqual(await next(owner, 'leave'), { id: self.id, cid: bobCid })
owner.destroy()
await once(alice, 'end')
const response = await fetch(base + '/' + self.id)
assert.equal(response.status, 404)
console.log('done')
process.exit(0)
