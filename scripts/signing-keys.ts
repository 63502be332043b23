// `npm run -s signing-keys > keys.json`: keys for participants' tokens (SIGNING_KEY_FILE), for where voting cannot make its own.
// Rotation takes two steps, so that no replica meets a token of a key that it has not got yet:
// `signing-keys keys.json` adds a key that verifies and does not sign; `signing-keys keys.json sign` makes the newest sign.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

const [, , file, step] = process.argv;
const { keys: known } = file === undefined ? { keys: [] } : (JSON.parse(readFileSync(file, 'utf8')) as { keys: readonly JWK[] });
const keys = step === 'sign' ? [...known.slice(-1), ...known.slice(0, -1)] : [...known, await makeKey()];
process.stdout.write(`${JSON.stringify({ keys })}\n`);

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'EdDSA', use: 'sig' };
}
