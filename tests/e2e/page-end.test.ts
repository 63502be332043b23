import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { addTopics, create, type Guest, invite, isLive, openMenu, play, press } from './guest.ts';
import { sitting } from './sitting.ts';

/** Plays the next item alone and saves what was played. */
async function estimate(guest: Guest, label: string): Promise<void> {
  await guest.page.getByRole('button', { name: 'Start the round' }).click();
  await play(guest, label);
  await press(guest, 'r');
  const save = guest.page.getByRole('button', { name: `Save ${label}`, exact: true });
  await save.click();
  await save.waitFor({ state: 'detached' });
}

sitting('the end of a session', (table) => {
  let ann: Guest;

  beforeAll(async () => {
    ann = await invite(table.browser, 'Ann');
    await ann.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: table.world.url });
    await create(ann, table.world.url);
    await addTopics(ann, ['The *big* <one>', 'The small one']);
    await estimate(ann, '8');
  });

  /** What the clipboard holds in a format, once a button has put it there. */
  async function copied(button: string, type: string, said: string): Promise<string> {
    await ann.page.getByRole('button', { name: button }).click();
    await ann.page.getByText(said).waitFor();
    const read = `navigator.clipboard.read().then(([item]) => item.getType('${type}')).then((blob) => blob.text())`;
    return ann.page.evaluate<string>(read);
  }

  test('the report goes to Slack and to Confluence by the clipboard', async () => {
    await openMenu(ann, 'Report');
    const message = await copied('Copy for Slack', 'text/plain', 'Copied: paste it there.');
    expect(message).toContain('*Sprint 42, checkout team*');
    expect(message).toContain('• The *\u200bbig*\u200b &lt;one&gt;: *8* (Voted: 1 of 1)');
    expect(message).toContain('• The small one: Waiting');
    expect(await copied('Copy for Confluence', 'text/html', 'Copied: paste it there.')).toContain('<td>The *big* &lt;one&gt;</td>');
    expect(await copied('Copy for Slack', 'text/html', 'Copied: paste it there.')).not.toContain('<td>');
  });

  test('files and messages are in the language of the page', async () => {
    const { page } = ann;
    await page.getByRole('link', { name: 'Back to the session' }).click();
    await isLive(page);
    await openMenu(ann, 'Русский');
    await page.getByText('На связи').waitFor();
    await page.goto(`${page.url()}/report`);
    expect(await copied('Скопировать для Slack', 'text/plain', 'Скопировано: вставьте, куда нужно.')).toContain('The small one: Ждёт');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Экспорт CSV' }).click()]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^\ufeffПункт;Название;Ссылка;Состояние;/u);
    await page.evaluate("localStorage.setItem('tally.language', 'de')");
    await page.reload();
    expect(await copied('Für Slack kopieren', 'text/plain', 'Kopiert: dort einfügen.')).toContain('The small one: Wartet');
  });
});
