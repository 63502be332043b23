import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIssueNews, type IssueNews } from './issueNews.ts';

let opened: { key: string; next: () => void; end: () => void; isStopped: boolean }[];
let asked: number;
let news: IssueNews;

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  asked = 0;
  news = createIssueNews({
    ask: () => {
      asked += 1;
    },
    open: (key, on) => {
      const stream = { key, ...on, isStopped: false };
      opened.push(stream);
      return () => {
        stream.isStopped = true;
      };
    },
  });
});
afterEach(() => {
  news.stop();
  vi.useRealTimers();
});

const live = () => opened.filter(({ isStopped }) => !isStopped).map(({ key }) => key);

test('streams of issues that are followed on are left alone; others are closed and opened', () => {
  news.follow(['SHOP-1', 'SHOP-2']);
  news.follow(['SHOP-2', 'SHOP-3']);
  expect(opened.map(({ key }) => key)).toEqual(['SHOP-1', 'SHOP-2', 'SHOP-3']);
  expect(live()).toEqual(['SHOP-2', 'SHOP-3']);
});

test('what changed before a stream stood is asked for, once for all that were opened together', () => {
  news.follow(['SHOP-1', 'SHOP-2']);
  expect(asked).toBe(0);
  vi.runAllTimers();
  expect(asked).toBe(1);
  news.follow(['SHOP-2']);
  vi.runAllTimers();
  expect(asked).toBe(1);
});

test('news are asked for at once, and again for a graph that still has the old wording', () => {
  news.follow(['SHOP-1']);
  vi.runAllTimers();
  opened[0]?.next();
  expect(asked).toBe(2);
  vi.runAllTimers();
  expect(asked).toBe(3);
});

test('a stream that ended is opened again, with what was missed meanwhile, unless nobody follows it any more', () => {
  news.follow(['SHOP-1', 'SHOP-2']);
  vi.runAllTimers();
  for (const { end } of opened) end();
  news.follow(['SHOP-2']);
  vi.runAllTimers();
  expect(opened.map(({ key }) => key)).toEqual(['SHOP-1', 'SHOP-2', 'SHOP-2']);
  expect(asked).toBe(2);
});

test('an issue that is followed anew has one stream, also when its former one had ended', () => {
  news.follow(['SHOP-1']);
  opened[0]?.end();
  news.follow([]);
  news.follow(['SHOP-1']);
  vi.runAllTimers();
  expect(live()).toEqual(['SHOP-1']);
});

test('nothing is asked or opened after the end', () => {
  news.follow(['SHOP-1']);
  opened[0]?.end();
  news.stop();
  vi.runAllTimers();
  expect([asked, opened.length, live()]).toEqual([0, 1, []]);
});
