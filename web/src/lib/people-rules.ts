/** The server's rules for new people, to say so before anything is sent. */
export const USERNAME = /^[A-Za-z0-9_-]{3,32}$/
export const SHORTEST_PASSWORD = 8

const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A password that is easy to read out and hard to guess: 20 of 57 characters, 116 bits. */
export function makePassword(): string {
  const bytes = new Uint8Array(64)
  crypto.getRandomValues(bytes)
  // Bytes that would favour the first letters are left out.
  const fair = [...bytes].filter((byte) => byte < 256 - (256 % LETTERS.length))
  return fair
    .slice(0, 20)
    .map((byte) => LETTERS.charAt(byte % LETTERS.length))
    .join('')
}
