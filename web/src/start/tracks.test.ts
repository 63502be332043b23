import { expect, test } from 'vitest';
import { parseTracks } from './tracks.ts';

test('labels become tracks with ids of their own, also in other scripts and when two are alike', () => {
  expect(parseTracks('Dev, Тест, dev')).toEqual([
    { id: 'dev', label: 'Dev' },
    { id: 'track-2', label: 'Тест' },
    { id: 'track-3', label: 'dev' },
  ]);
});

test('a discipline behind = is whose estimators vote', () => {
  expect(parseTracks('API = backend, Docs')).toEqual([
    { id: 'api', label: 'API', discipline: 'backend' },
    { id: 'docs', label: 'Docs' },
  ]);
});

test('nothing typed is the one usual track', () => {
  expect(parseTracks(' , ')).toEqual([]);
});
