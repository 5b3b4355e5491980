// The link frame in which a relay says that it goes down soon.
import { KIND, uint32 } from './basics.mjs'

const BYTES = 5

/** A longer delay counts as this. */
export const MAX_DELAY_MS = 300_000

export function writeGoingDown (delayMs) {
  return Buffer.concat([Buffer.from([KIND.goingDown]), uint32(delayMs)])
}

/** For how many milliseconds the sender is not to be dialed; null if the frame does not say it. */
export function readGoingDown (frame) {
  if (frame.length < BYTES || frame[0] !== KIND.goingDown) return null
  return Math.min(frame.readUInt32BE(1), MAX_DELAY_MS)
}
