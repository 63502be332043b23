import { ApolloLink, Observable } from '@apollo/client';

/** The context of an action that makes sense only after those before it: if the one that it waits for fails, it fails in the same way. */
export const afterTheOthers = { isAfterTheOthers: true };

type Observer = Parameters<ConstructorParameters<typeof Observable<ApolloLink.Result>>[0] & object>[0];
/** Lets another action fail as the one before it has. */
type Failure = (observer: Observer) => void;

interface Order {
  readonly link: ApolloLink;
  /** Resolves when everything done so far has its answer. */
  readonly whenDone: () => Promise<unknown>;
}

/**
 * Sends people's actions (what carries a `idempotencyKey`) one after another, in the order they were done. Side by side, a card that has to be
 * sent twice would overtake the one played after it. Other operations pass at once.
 */
export function createOrder(): Order {
  let last: Promise<Failure | undefined> = Promise.resolve(undefined);
  let waiting = 0;

  function takePlace(): { readonly before: Promise<Failure | undefined>; readonly leave: (failure: Failure | undefined) => void } {
    // What failed and was answered before this was done is no reason to refuse it.
    const before = waiting === 0 ? Promise.resolve(undefined) : last;
    const turn = Promise.withResolvers<Failure | undefined>();
    waiting += 1;
    last = before
      .then(() => turn.promise)
      .finally(() => {
        waiting -= 1;
      });
    return { before, leave: turn.resolve };
  }

  const link = new ApolloLink((operation, forward) => {
    if (!('idempotencyKey' in operation.variables)) return forward(operation);
    return new Observable<ApolloLink.Result>((observer) => {
      const { before, leave } = takePlace();
      let failure: Failure | undefined;
      let isOver = false;
      let stop = () => {};
      void before.then((failureBefore) => {
        if (isOver) return;
        if (failureBefore && operation.getContext()['isAfterTheOthers']) {
          failure = failureBefore;
          failureBefore(observer);
          return;
        }
        const sent = forward(operation).subscribe({
          next: (result) => {
            if (result.errors?.length) failure = (other) => answer(other, result);
            observer.next(result);
          },
          error: (error: unknown) => {
            failure = (other) => other.error(error);
            observer.error(error);
          },
          complete: () => observer.complete(),
        });
        stop = () => sent.unsubscribe();
      });
      return () => {
        isOver = true;
        stop();
        leave(failure);
      };
    });
  });
  return { link, whenDone: () => last };
}

function answer(observer: Observer, result: ApolloLink.Result): void {
  observer.next(result);
  observer.complete();
}
