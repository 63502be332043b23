/** 128 random bits as hexadecimal digits. Not `crypto.randomUUID`, which browsers withhold from plain http on a team's own network. */
export function createRandomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
