// How an application's value stands in a line of the driver.

/** The fields for a value: data, base64, or none for undefined. */
export function payloadOf (value) {
  if (value === undefined) return {}
  if (isBufferForm(value)) return { base64: Buffer.from(value.data).toString('base64') }
  return { data: JSON.stringify(value) }
}

/** The value that the fields stand for. */
export function valueOf ({ data, base64 }) {
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  return data === undefined ? undefined : JSON.parse(data)
}

// What JSON.stringify makes of a Buffer, and nothing more.
function isBufferForm (value) {
  return value?.type === 'Buffer' && Array.isArray(value.data) && Object.keys(value).length === 2 &&
    value.data.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)
}
