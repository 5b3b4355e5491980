// What one run sent and what of it arrived in this process, per author and serial number.

// Longer while messages are missing, so that a pause of the machine does not count as loss.
const QUIET_MS = 500
const QUIET_MISSING_MS = 5000

export class Tally {
  #sent = 0
  #threw = 0
  #arrived = 0
  #duplicates = 0
  #strayed = 0
  #seen = new Map()
  #waiting = []

  send (client, to, { run, serial }) {
    this.#sent++
    try {
      const by = client.id.toString('hex')
      client.send(Buffer.from(to, 'hex'), { run, serial, by, to })
    } catch {
      this.#threw++ // the package throws while the link that it chose is closing
    }
  }

  arrive (client, { serial, by, to }, from) {
    const author = from.toString('hex')
    if (by !== author || to !== client.id.toString('hex')) this.#strayed++
    else if (this.#isFirst(author, serial)) this.#arrived++
    else this.#duplicates++
    for (const waiting of this.#waiting) waiting.restart()
  }

  counts () {
    return {
      sent: this.#sent,
      arrived: this.#arrived,
      duplicates: this.#duplicates,
      strayed: this.#strayed,
      threw: this.#threw
    }
  }

  /** The counts once nothing has come for a while. */
  async settled (expected) {
    await new Promise((resolve) => {
      let timer, last
      const restart = () => {
        clearTimeout(timer)
        clearImmediate(last)
        timer = setTimeout(lastLook, this.#arrived >= expected ? QUIET_MS : QUIET_MISSING_MS)
      }
      // After a pause of the process the timer comes first, and what has waited in the kernel next.
      const lastLook = () => { last = setImmediate(done) }
      const waiting = { restart }
      const done = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        resolve()
      }
      this.#waiting.push(waiting)
      restart()
    })
    return this.counts()
  }

  #isFirst (author, serial) {
    const serials = this.#seen.get(author) ?? new Set()
    this.#seen.set(author, serials)
    if (serials.has(serial)) return false
    serials.add(serial)
    return true
  }
}
