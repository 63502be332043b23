// `npm run -s signing-keys > keys.json`: keys for participants' tokens (SIGNING_KEY_FILE), for where voting cannot make its own.
// With the old file as argument the new key signs and the old ones still verify: rotation, one at a time.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

const [, , oldFile] = process.argv;
const { keys: old } = oldFile === undefined ? { keys: [] } : (JSON.parse(readFileSync(oldFile, 'utf8')) as { keys: readonly JWK[] });
const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'EdDSA', use: 'sig' };
process.stdout.write(`${JSON.stringify({ keys: [key, ...old] })}\n`);
