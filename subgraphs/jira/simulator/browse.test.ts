import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from './simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const open = (path: string) => fetch(`${simulator.url}${path}`, { redirect: 'manual' });

describe('the page of an issue', () => {
  it('opens in a browser without credentials, and says what the issue says', async () => {
    const response = await open('/browse/SHOP-20');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await response.text();
    const issue = simulator.world.byKey.get('SHOP-20');
    expect(page).toContain('<small>SHOP-20</small>');
    expect(page).toContain('name="viewport"');
    expect(page).toContain(issue?.status.name);
  });

  it('shows what is written to a field, and comments', async () => {
    const send = (method: string, path: string, body: object) =>
      fetch(`${simulator.url}/rest/api/3/issue/SHOP-21${path}`, {
        method,
        headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await send('PUT', '', { fields: { customfield_10032: 8 } });
    const text = { type: 'text', text: 'decided <b>' };
    await send('POST', '/comment', { body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [text] }] } });
    const page = await (await open('/browse/SHOP-21')).text();
    expect(page).toContain('<dt>Story Points</dt><dd>8</dd>');
    expect(page).toContain('decided &lt;b&gt;');
  });

  it('of every issue escapes what people wrote', async () => {
    const titles = simulator.world.issues.filter(({ summary }) => /[<>&]/.test(summary));
    for (const { key, summary } of titles) expect(await (await open(`/browse/${key}`)).text(), key).not.toContain(`</small> ${summary}<`);
  });

  it('under another case or a former key leads to the present one; what is missing or hidden is 404', async () => {
    const response = await open('/browse/shop-20');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/browse/SHOP-20']);
    expect((await open('/browse/SHOP-99999')).status).toBe(404);
    const hidden = simulator.world.issues.find(({ isForbidden }) => isForbidden);
    if (hidden !== undefined) expect((await open(`/browse/${hidden.key}`)).status).toBe(404);
    expect((await open('/browse/%3Cscript%3E')).status).toBe(404);
  });

  it('is all that opens without credentials', async () => {
    expect((await open('/rest/api/3/issue/SHOP-20')).status).toBe(401);
  });
});
