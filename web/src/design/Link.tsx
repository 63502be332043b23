import type { ComponentProps } from 'react';
import { goTo, type Route, toPath } from '../routes.ts';

/** A link to another screen of the page; opens in a new tab like any link when asked to. */
export function Link({ to, ...rest }: { readonly to: Route } & ComponentProps<'a'>) {
  return (
    <a
      {...rest}
      href={toPath(to)}
      onClick={(event) => {
        rest.onClick?.(event);
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        goTo(to);
      }}
    />
  );
}
