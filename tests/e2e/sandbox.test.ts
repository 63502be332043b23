import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { start } from '../../router/src/main.ts';
import { sendSandbox } from '../../router/src/transport/sandbox.ts';
import { startWorld, type World } from '../../router/test/world.ts';
import { launchBrowser } from './guest.ts';

const script = 'https://embeddable-sandbox.cdn.apollographql.com/**';

let world: World;
let browser: Browser;

describe.skipIf(inject('TEST_CHROMIUM') === undefined)('Sandbox at GET /graphql in Chromium', () => {
  beforeAll(async () => {
    world = await startWorld(start);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('says that Apollo’s script cannot be loaded, and gives a curl line that works where GraphiQL is not built either', async () => {
    const page = await browser.newPage();
    await page.route('https://**', (route) => route.abort());
    const server = createServer((request, response) => sendSandbox(request, response, { hasExplorer: false })).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await page.goto(`http://${host}/graphql`);
    await page.getByRole('heading', { name: 'Apollo Sandbox could not be loaded' }).waitFor({ timeout: 15_000 });
    const curl = await page.locator('pre').textContent();
    expect(curl).toContain(host);
    const body = /-d '(.+)'/.exec(curl ?? '')?.[1] ?? '';
    expect(JSON.parse(body)).toEqual({ query: '{ decks { name cards { label } } }' });
    await page.close();
    server.close();
  });

  it('loads and starts Sandbox on this endpoint, within its own content security policy', async () => {
    const page = await browser.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    // Stands for Apollo's script: it notes its options, frames Sandbox, and asks the graph as the real one does.
    await page.route(script, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `window.EmbeddedSandbox = class {
          constructor(options) {
            window.sandboxOptions = options;
            const frame = document.createElement('iframe');
            frame.src = 'https://sandbox.embed.apollographql.com/';
            document.querySelector(options.target).append(frame);
            fetch(options.initialEndpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ __schema { queryType { name } } }' }) })
              .then((response) => response.json()).then((answer) => { window.sandboxAnswer = answer; });
            const socket = new WebSocket(options.initialSubscriptionEndpoint, 'graphql-transport-ws');
            socket.onopen = () => socket.send('{"type":"connection_init"}');
            socket.onmessage = (event) => { window.sandboxSocket = event.data; };
          }
        };`,
      }),
    );
    await page.route('https://sandbox.embed.apollographql.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Sandbox</h1>' }),
    );
    await page.goto(world.router.url);
    await page.waitForFunction('window.sandboxAnswer && window.sandboxSocket');
    expect(await page.evaluate('window.sandboxAnswer')).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
    expect(await page.evaluate('window.sandboxSocket')).toContain('connection_ack');
    expect(await page.evaluate('window.sandboxOptions.initialEndpoint')).toBe(world.router.url);
    await page.frameLocator('iframe').getByRole('heading', { name: 'Sandbox' }).waitFor();
    expect(violations).toEqual([]);
    await page.close();
  });
});
