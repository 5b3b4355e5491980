// PeerJS server: node peerjs-server.mjs PORT. It takes 5,000 peers by default, and closes those
// that send nothing for 90 seconds.
import { PeerServer } from 'peer'

PeerServer({
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  concurrent_limit: 100_000,
  alive_timeout: 3_600_000
})
