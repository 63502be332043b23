import { describe, expect, it } from 'vitest';
import { isPlainRedis, toPostgresOptions, toRedisSocket } from './storage-tls.ts';
import type { Tls } from './tls.ts';

const contexts = { postgres: { context: 'for Postgres' }, redis: { context: 'for Redis' } };
const tls = { storage: contexts } as unknown as Tls;
const secure = { ssl: { secureContext: contexts.postgres } };

describe('a Postgres URL, with TLS_CERT', () => {
  it.each([
    ['postgres://tally:a%2Fb@db.example.com:5432/tally', 'postgres://tally:a%2Fb@db.example.com:5432/tally'],
    ['postgres://db.example.com/tally?sslmode=require', 'postgres://db.example.com/tally'],
    ['postgres://db.example.com/tally?sslmode=verify-full&application_name=t', 'postgres://db.example.com/tally?application_name=t'],
    ['postgres://localhost/tally?sslmode=verify-full', 'postgres://localhost/tally'],
  ])('leads to a server that is checked, and shown the certificate: %s', (url, connectionString) => {
    expect(toPostgresOptions(url, tls)).toEqual({ connectionString, ...secure });
  });

  it.each([
    'postgres://db.example.com/tally?sslmode=disable',
    'postgres://db.example.com/tally?sslmode=no-verify',
    'postgres://db.example.com/tally?sslmode=verify-full&sslrootcert=/etc/ca.crt',
    'postgres://127.0.0.1/tally',
    'postgres://%2Fvar%2Frun%2Fpostgresql/tally',
  ])('is left to the driver when it says so, or stays on this machine: %s', (url) => {
    expect(toPostgresOptions(url, tls)).toEqual({ connectionString: url });
  });
});

it('a URL without TLS_CERT is left to the driver', () => {
  const url = 'postgres://db.example.com/tally?sslmode=verify-full';
  expect(toPostgresOptions(url, undefined)).toEqual({ connectionString: url });
  expect(toRedisSocket('rediss://cache.example.com', undefined)).toEqual({});
});

it('a Redis with rediss:// is shown the certificate, one without is not', () => {
  expect(toRedisSocket('rediss://cache.example.com', tls)).toEqual({ tls: true, secureContext: contexts.redis });
  expect(toRedisSocket('redis://127.0.0.1', tls)).toEqual({});
});

it.each([
  ['redis://cache.example.com:6379', true],
  ['rediss://one.example.com,redis://other.example.com', true],
  ['rediss://cache.example.com', false],
  ['redis://127.0.0.1:6379', false],
  ['redis://[::1]:6379', false],
  ['', false],
])('a Redis at %s is spoken to in clear over a network: %s', (urls, isPlain) => {
  expect(isPlainRedis(urls)).toBe(isPlain);
});
