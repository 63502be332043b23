import type { Page } from 'playwright-core';

/** How many objects with these fields a page holds, once everything that nothing holds has been collected. */
export async function countHeld(page: Page, fields: readonly string[]): Promise<number> {
  const chromium = await page.context().newCDPSession(page);
  const { result: prototype } = await chromium.send('Runtime.evaluate', { expression: 'Object.prototype' });
  const { objects } = await chromium.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId ?? '' });
  const { result } = await chromium.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function (fields) { return this.filter((each) => fields.every((field) => Object.hasOwn(each, field))).length; }',
    arguments: [{ value: fields }],
    returnByValue: true,
  });
  await chromium.detach();
  return Number(result.value);
}
