// A client of channels that reads and writes exactly as moshpit's does, whose package is on no
// registry: the same HTTP client without any headers of its own, events cut at blank lines in each
// piece that comes and lines at ": ", and forms whose brackets nest. With `bodies` it posts JSON.
//
//   const channel = require('./channel-client.cjs')(url)   // or (url, { bodies: 'json' })
//   const owner = channel(), guest = channel(id)           // streams of [event, data] rows

const { Duplex } = require('node:stream')
const request = require('request')
const split = require('split2')

module.exports = (base, { bodies = 'form' } = {}) => id => new Member(base, id, bodies)

class Member extends Duplex {
  constructor (base, id, bodies) {
    super({ objectMode: true })
    this.url = id ? base + '/' + id : base
    this.bodies = bodies
    this.unsent = []
    this.http = request(this.url)
    this.http.pipe(split('\n\n'))
      .on('data', text => this.#onEvent(text))
      .on('end', () => this.push(null))
  }

  #onEvent (text) {
    const [name, json] = text.split('\n').map(line => line.split(': ')[1])
    const data = JSON.parse(json)
    if (name === 'connect') {
      this.token = data.token
      if (!this.url.endsWith(data.id)) this.url += '/' + data.id
      for (const write of this.unsent.splice(0)) write()
    }
    this.push([name, data])
    process.nextTick(() => this.emit(name, data))
  }

  _read () {}

  _write ({ _cid: cid, ...data }, encoding, done) {
    const write = () => {
      const body = cid === undefined ? { data, token: this.token } : { data, token: this.token, cid }
      request.post(this.url, this.bodies === 'json' ? { json: body } : { form: body })
      done()
    }
    if (this.token) write()
    else this.unsent.push(write)
  }

  _destroy (error, done) {
    this.http.on('error', () => {}).abort()
    done(error)
  }
}
