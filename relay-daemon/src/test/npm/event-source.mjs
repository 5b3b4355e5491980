// An EventSource makes a channel and another joins it; ends with status 0 if all of it works.
//
//   node event-source.mjs BASE

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { EventSource } from 'eventsource'

const base = process.argv[2]
setTimeout(() => { throw new Error('not done after 30 s') }, 30_000).unref()

const open = url => {
  const source = new EventSource(url)
  source.onerror = event => { throw new Error(url + ': ' + event.message) }
  return source
}
const next = async (source, event) => JSON.parse((await once(source, event))[0].data)

const owner = open(base)
const { id, token } = await next(owner, 'connect')
const guest = open(base + '/' + id)
const { cid } = await next(guest, 'connect')
const signals = [next(owner, 'signal'), next(guest, 'signal')]
const data = { 'a: b': 'привет\n\n' }
const response = await fetch(base + '/' + id, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ token, data })
})
assert.equal(response.status, 200)
assert.deepEqual(await Promise.all(signals), [data, data])
guest.close()
assert.deepEqual(await next(owner, 'leave'), { id, cid })
console.log('done')
process.exit(0)
