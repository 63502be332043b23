import { describe, expect, it } from 'vitest';
import { isCredentialsRefused } from '../domain/errors.ts';
import { isMissing, type JiraAnswer, toOutcome } from './jira-answer.ts';

const answer = (given: Partial<JiraAnswer>): JiraAnswer => ({ status: 200, headers: {}, text: '{}', path: '/rest/api/3/field', ...given });
const html = (title: string, body = '') => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;
const notFound = '{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}';

describe('an answer of Jira', () => {
  it.each<[string, Partial<JiraAnswer>]>([
    [
      '200 with an empty search and a failed login',
      { headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }, text: '{"issues":[],"isLast":true}' },
    ],
    ['404 with a failed login', { status: 404, headers: { 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' }, text: notFound }],
    ['404 for somebody who is signed out', { status: 404, headers: { 'x-seraph-loginreason': 'OUT' }, text: notFound }],
    ['200 for somebody who is signed out, among other reasons', { headers: { 'x-seraph-loginreason': ['OUT', 'OK'] } }],
    ['401', { status: 401, text: '' }],
    ['401 in JSON', { status: 401, text: '{"errorMessages":["You are not authenticated."]}' }],
    [
      '403 after too many logins',
      {
        status: 403,
        headers: {
          'x-seraph-loginreason': 'AUTHENTICATION_DENIED',
          'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp',
        },
        text: html('Forbidden (403)'),
      },
    ],
    ['a redirect to single sign-on', { status: 302, headers: { location: 'https://idp.example.com/saml/sso?SAMLRequest=x' }, text: '' }],
    [
      'a redirect to Jira’s own login',
      { status: 302, headers: { location: '/login.jsp?os_destination=%2Frest%2Fapi%2F3%2Ffield' }, text: '' },
    ],
    ['a login page', { text: html('Log in - Jira') }],
    [
      'a login page of a status of its own',
      { status: 404, text: html('Jira', '<form><input name="os_username"><input type="password"></form>') },
    ],
    ['a form that posts to single sign-on', { text: html('', '<form method="post"><input type="hidden" name="SAMLRequest"></form>') }],
  ])('is about our credentials: %s', (_name, given) => {
    const outcome = toOutcome(answer(given), 0);
    expect(outcome.kind).toBe('refused');
    expect(outcome.kind === 'refused' && isCredentialsRefused(outcome.error)).toBe(true);
    expect(outcome.kind === 'refused' && outcome.error.message).toMatch(/JIRA_USERNAME and JIRA_API_TOKEN/);
  });

  it('says where to answer the CAPTCHA', () => {
    const headers = { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp' };
    const outcome = toOutcome(answer({ status: 403, headers, text: html('Forbidden') }), 0);
    expect(outcome).toMatchObject({ error: { message: expect.stringMatching(/CAPTCHA.*https:\/\/jira\.example\.com\/login\.jsp/) } });
  });

  it.each<[string, Partial<JiraAnswer>, object]>([
    ['an issue that is missing', { status: 404, text: notFound }, { status: 404, isOfJira: true }],
    [
      'a right that is missing',
      { status: 403, text: '{"errorMessages":["No."]}', headers: { 'x-seraph-loginreason': 'OK' } },
      { status: 403 },
    ],
    ['a scope that is missing', { status: 401, text: '{"code":401,"message":"Unauthorized; scope does not match"}' }, { status: 403 }],
    ['a path that is not there', { status: 404, text: html('Not found') }, { status: 404, isOfJira: false }],
    [
      'a move to another address',
      { status: 301, headers: { location: 'https://new.example.com/rest/api/3/field' }, text: '' },
      { code: 'JIRA_UNAVAILABLE' },
    ],
    ['a page of something else', { text: html('Welcome to nginx') }, { code: 'JIRA_UNAVAILABLE' }],
  ])('is not about our credentials: %s', (_name, given, error) => {
    const outcome = toOutcome(answer(given), 0);
    expect(outcome).toMatchObject({ kind: 'refused', error });
    expect(outcome.kind === 'refused' && isCredentialsRefused(outcome.error)).toBe(false);
  });

  it('is a missing issue only in Jira’s own words', () => {
    const errorOf = (text: string) => {
      const outcome = toOutcome(answer({ status: 404, text }), 0);
      return outcome.kind === 'refused' ? outcome.error : undefined;
    };
    expect(isMissing(errorOf(notFound))).toBe(true);
    expect(isMissing(errorOf(html('404')))).toBe(false);
    expect(isMissing(errorOf(''))).toBe(false);
  });

  it.each([
    [429, { 'retry-after': '7' }, 7_000],
    [429, { 'beta-retry-after': '9' }, 9_000],
    [429, { 'x-ratelimit-reset': '2026-11-29T12:30Z' }, 30_000],
    [429, { 'x-ratelimit-reset': String(Date.parse('2026-11-29T12:30:00Z') / 1_000) }, 30_000],
    [429, { 'retry-after': '3', 'x-ratelimit-reset': '2026-11-29T12:30Z' }, 3_000],
    [429, {}, 5_000],
    [503, { 'retry-after': 'Sun, 29 Nov 2026 12:29:40 GMT' }, 10_000],
    [503, { 'x-ratelimit-reset': '2026-11-29T12:30Z' }, undefined],
  ])('with status %i and %o asks us to wait %s ms', (status, headers, waitMs) => {
    expect(toOutcome(answer({ status, headers, text: '' }), Date.parse('2026-11-29T12:29:30Z'))).toMatchObject({
      kind: 'failed',
      retryAfterMs: waitMs,
    });
  });
});
