/** Something was not as the tour says. */
export class Surprise extends Error {
  override readonly name = 'Surprise';
}

const eventTimeoutMs = 15_000;

/** The next event of a subscription. @throws Surprise when none comes within 15 s, or it is over. */
export async function nextEvent<Event>(events: AsyncIterator<{ readonly data: Event | null }>): Promise<Event> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Surprise(`no event within ${eventTimeoutMs / 1000} s`)), eventTimeoutMs);
  try {
    const { done, value } = await Promise.race([events.next(), late]);
    if (done === true || value.data === null) throw new Surprise('the subscription ended');
    return value.data;
  } finally {
    clearTimeout(timer);
  }
}
