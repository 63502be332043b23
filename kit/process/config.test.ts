import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, type Environment, parseConfig, port } from './config.ts';

const schema = z.object({ PORT: port.default(1), NAME: z.string(), SIZE: port.optional(), PAIR: z.string().optional() });

/** What is wrong, as `VARIABLE: message`. */
function issuesOf(environment: Environment): readonly string[] {
  try {
    parseConfig('test', schema, environment, ({ PAIR, SIZE }) =>
      PAIR !== undefined && SIZE === undefined
        ? [
            { variable: 'SIZE', message: 'needed with PAIR' },
            { variable: 'NAME', message: 'never told beside another issue of NAME' },
          ]
        : [],
    );
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ variable, message }) => `${variable}: ${message}`);
    throw error;
  }
}

describe('a configuration', () => {
  it('has defaults, and only the variables of its schema', () => {
    expect(parseConfig('test', schema, { NAME: 'x', OTHER: 'y', SIZE: '' })).toEqual({ PORT: 1, NAME: 'x' });
  });

  it('tells a missing variable as missing', () => {
    expect(issuesOf({})).toEqual(['NAME: required']);
    expect(issuesOf({ NAME: '' })).toEqual(['NAME: required']);
  });

  it('tells what is wrong together also when something is wrong alone', () => {
    expect(issuesOf({ PORT: 'high', PAIR: 'x' })).toEqual(['PORT: must be a port number', 'NAME: required', 'SIZE: needed with PAIR']);
  });

  it('says nothing of a pair whose other half is given but wrong', () => {
    expect(issuesOf({ NAME: 'x', PAIR: 'x', SIZE: 'big' })).toEqual([
      'SIZE: must be a port number',
      'NAME: never told beside another issue of NAME',
    ]);
  });

  it('names variables and rules in its message, and no value', () => {
    expect(() => parseConfig('test', schema, { NAME: 'x', PORT: 'hunter2', SIZE: '-1' })).toThrow(
      /^test cannot start with this environment:\n {2}PORT: must be a port number\n {2}SIZE: [^\n]+$/,
    );
  });

  it('tells of an unreadable file once', () => {
    expect(issuesOf({ NAME_FILE: '/nowhere/at/all' })).toEqual(['NAME_FILE: the file cannot be read (ENOENT)']);
  });
});
