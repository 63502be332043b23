/** As many as one request may name. */
const mostAtOnce = 1_000;

/** Runs over a list slice by slice, one after the other, until one of them fails. Returns how many of the list are done. */
export async function inSlices<Each>(list: readonly Each[], run: (slice: readonly Each[]) => Promise<boolean>): Promise<number> {
  let done = 0;
  while (done < list.length) {
    const slice = list.slice(done, done + mostAtOnce);
    if (!(await run(slice))) break;
    done += slice.length;
  }
  return done;
}
