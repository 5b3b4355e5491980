// Hosts many unmodified npm peer-relay peers in one process, for the JUnit tests.
//
// One JSON object a line. On stdin a command {"seq", "op", ...}, answered on stdout by
// {"seq", ...} or {"seq", "error"}; in between, events {"event", ...}. A payload travels as
// {"data": "<JSON text>"}, as {"base64"} for what a Node Buffer becomes, or as neither for
// undefined. Ids are 40 hex characters. The process ends when stdin closes, and with exit code 70
// after {"event": "crash", "error", "frame"} when the package throws: `frame` is the WebSocket
// message that was being handled.
import { createRequire } from 'node:module'
import { Crowds } from './crowds.mjs'
import { Peers } from './peers.mjs'

const EXIT_CRASHED = 70

let frame
watchFrames()
process.on('uncaughtException', crash)

const peers = new Peers(emit)
const commands = { ...peers.commands(), ...new Crowds(peers).commands() }

let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', onText)
process.stdin.on('end', () => process.exit(0))

// Not node:readline: it also splits at U+2028, which may stand in a JSON string.
function onText (text) {
  const lines = (rest + text).split('\n')
  rest = lines.pop()
  for (const line of lines) obey(JSON.parse(line))
}

async function obey ({ seq, op, ...args }) {
  try {
    if (!Object.hasOwn(commands, op)) throw new Error(`op: ${op} (expected: ${Object.keys(commands)})`)
    emit({ seq, ...await commands[op](args) })
  } catch (error) {
    emit({ seq, error: error.stack })
  }
}

// Pipes are written synchronously on POSIX systems, so nothing is lost when the process exits.
function emit (line) {
  process.stdout.write(JSON.stringify(line) + '\n')
}

function crash (error) {
  emit({ event: 'crash', error: String(error?.stack ?? error), frame })
  process.exit(EXIT_CRASHED)
}

// Looks on only. The class is the one that the package itself loads, and its emit is the one place
// that also sees the first message of a link that the package dialed.
function watchFrames () {
  const require = createRequire(createRequire(import.meta.url).resolve('peer-relay'))
  const WebSocket = require('ws')
  const original = WebSocket.prototype.emit
  WebSocket.prototype.emit = function (type, ...args) {
    if (type !== 'message') return original.call(this, type, ...args)
    frame = String(args[0])
    const heard = original.call(this, type, ...args)
    frame = undefined // after a throw it stays, for crash()
    return heard
  }
}
