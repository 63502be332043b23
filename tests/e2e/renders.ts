import type { Page } from 'playwright-core';

/** How often React has drawn a component within the list of that name; fiber tags and flags are React 19's. */
const install = (list: string) => `(() => {
  const functionComponent = 0, hostComponent = 5, simpleMemoComponent = 15, performedWork = 1;
  let drawn = 0;
  const visit = (fiber, before, isWithin) => {
    const isDrawn = before === null || (fiber.flags & performedWork) !== 0;
    if (isWithin && isDrawn && (fiber.tag === functionComponent || fiber.tag === simpleMemoComponent)) drawn += 1;
    if (fiber.child === before?.child) return;
    const isBelow = isWithin || (fiber.tag === hostComponent && fiber.memoizedProps['aria-label'] === ${JSON.stringify(list)});
    for (let child = fiber.child; child !== null; child = child.sibling) visit(child, child.alternate, isBelow);
  };
  window.takeDrawn = () => {
    const taken = drawn;
    drawn = 0;
    return taken;
  };
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: (_, root) => visit(root.current, root.current.alternate, false),
    onCommitFiberUnmount: () => undefined,
  };
})()`;

/** From its next document on, a page counts what React draws within a list, as React's own developer tools find it. */
export async function countDrawn(page: Page, list: string): Promise<void> {
  await page.addInitScript(install(list));
}

/** How many components were drawn, anew or again, since this was asked before. */
export async function takeDrawn(page: Page): Promise<number> {
  return page.evaluate<number>('takeDrawn()');
}
