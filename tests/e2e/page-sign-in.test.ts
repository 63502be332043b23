import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Provider } from '../setup/identity-provider.ts';
import { addTopics, create, dismiss, type Guest, invite, isLive, join } from './guest.ts';
import { look } from './screens.ts';
import { clientId, startSignInProvider } from './sign-in.ts';
import { sitting, type Table } from './sitting.ts';

let provider: Provider;

/** The provider that the product is told of; started before it. */
async function startProvider(): Promise<Readonly<Record<string, string>>> {
  provider = await startSignInProvider();
  return {
    AUTH: 'oidc',
    OIDC_ISSUER: provider.url,
    OIDC_AUDIENCE: 'tally',
    OIDC_CLAIM: 'role=facilitator',
    OIDC_CLIENT_ID: clientId,
    ROUTER_TO_JIRA_SECRET: 'router-to-jira-secret',
    ROUTER_TO_VOTING_SECRET: 'router-to-voting-secret',
    VOTING_TO_JIRA_SECRET: 'voting-to-jira-secret',
  };
}

function signInAndPlay(table: Table): void {
  let ann: Guest;
  let guest: Guest;
  let elsewhere: Guest;
  let link: string;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    guest = await invite(table.browser, 'Gil');
  });

  afterAll(async () => {
    await provider?.stop();
  });

  async function signIn({ page }: Guest): Promise<void> {
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Sign in as Ann' }).click();
  }

  test('a facilitator signs in at the provider and comes back; no token is ever in an address', async ({ task }) => {
    await ann.page.goto(table.world.url);
    await ann.page.getByText('Sign in to create sessions').waitFor();
    await look(ann, 'sign-in', task);
    await signIn(ann);
    await ann.page.getByText('Sessions you created').waitFor();
    expect(ann.page.url()).toBe(`${table.world.url}/`);
    link = await create(ann, table.world.url);
  });

  test('they search Jira, and guests vote without an account', async () => {
    const { page } = ann;
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByLabel('JQL, issue keys or links').fill('SHOP-20');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByRole('button', { name: 'Add 1 issue' }).click();
    await join(guest, link);
    await guest.page.getByText('SHOP-20').first().waitFor();
    await guest.page.getByText('Priority').waitFor();
  });

  test('a guest who facilitates is asked to sign in before searching Jira', async ({ task }) => {
    await ann.page.getByRole('button', { name: 'What to do with Gil' }).click();
    await ann.page.getByRole('menuitem', { name: 'Make facilitator' }).click();
    await guest.page.getByText('You steer without access to Jira').waitFor();
    await guest.page.getByRole('button', { name: 'Add issues' }).first().click();
    await guest.page.getByText('Sign in to search Jira.').waitFor();
    await look(guest, 'sign-in-to-search', task);
    await dismiss(guest);
  });

  test('from another device the owner finds the session and is the same participant', async ({ task }) => {
    elsewhere = await invite(table.browser, 'Ann');
    await elsewhere.page.goto(table.world.url);
    await signIn(elsewhere);
    await elsewhere.page.getByRole('link', { name: 'Sprint 42, checkout team' }).waitFor();
    await look(elsewhere, 'own-sessions', task);
    await elsewhere.page.getByRole('link', { name: 'Sprint 42, checkout team' }).click();
    await elsewhere.page.getByLabel('Your name').fill('Ann');
    await elsewhere.page.getByRole('button', { name: 'Join' }).click();
    await isLive(elsewhere.page);
    await elsewhere.page.getByRole('heading', { name: 'People (2)' }).waitFor();
    await elsewhere.page.getByRole('button', { name: 'Add issues' }).first().waitFor();
  });

  test('a sign-in that the provider refuses is asked about once; the place stays, and signing in again is enough', async () => {
    const { page } = elsewhere;
    const renewals: string[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('RefreshToken')) renewals.push(request.url());
    });
    // Before any script of the next page: what the one before still sent would ask, too, and be asked again by the next.
    await page.addInitScript(`
      const identity = sessionStorage.getItem('tally.identity');
      if (identity !== null && sessionStorage.getItem('refused') === null) {
        sessionStorage.setItem('refused', 'once');
        sessionStorage.setItem('tally.identity', JSON.stringify({ ...JSON.parse(identity), token: 'no-longer-good' }));
        const key = Object.keys(localStorage).find((name) => name.startsWith('tally.session.'));
        localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), vouchedUntil: '2026-01-01T00:00:00Z' }));
      }
    `);
    await page.reload();
    await isLive(page);
    await addTopics(elsewhere, ['without Jira']);
    expect(renewals).toHaveLength(1);
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByText('Sign in to search Jira.').waitFor();
    await signIn(elsewhere);
    await isLive(page);
    await page.getByRole('button', { name: 'Add issues' }).first().click();
    await page.getByLabel('JQL, issue keys or links').fill('SHOP-21');
    await page.getByRole('button', { name: 'Find issues' }).click();
    await page.getByRole('button', { name: 'Add 1 issue' }).click();
    await page.getByText('SHOP-21').first().waitFor();
    expect(renewals).toHaveLength(2);
  });

  test('signing out closes the door again', async () => {
    await ann.page.goto(table.world.url);
    await ann.page.getByRole('button', { name: 'Sign out' }).click();
    await ann.page.getByText('Sign in to create sessions').waitFor();
    await ann.page.getByRole('link', { name: 'Sprint 42, checkout team' }).waitFor();
  });

  test('a refused sign-in says so', async ({ task }) => {
    await ann.page.goto(`${table.world.url}/signed-in?error=access_denied&state=unknown`);
    await ann.page.getByRole('heading', { name: 'You could not be signed in' }).waitFor();
    await look(ann, 'sign-in-failed', task);
    expect(ann.page.url()).toBe(`${table.world.url}/signed-in`);
  });

  test('no address that was asked for held a token, nothing broke the content security policy, axe finds nothing', () => {
    for (const { asked, complaints, findings } of [ann, guest, elsewhere]) {
      expect(findings).toEqual([]);
      expect(asked.filter((url) => /eyJ/u.test(url))).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });
}

sitting('where only people may create sessions whom an identity provider vouches for', signInAndPlay, startProvider);
