export interface RepeatedTask {
  stop(): Promise<void>;
}

/** Repeats a task with a pause between its runs; never two at once. */
export function repeatTask(
  task: () => Promise<unknown>,
  pauseMs: number,
  onError: (fault: unknown) => void,
): RepeatedTask {
  let isStopped = false;
  let wake = (): void => undefined;
  const loop = (async () => {
    while (!isStopped) {
      await task().catch(onError);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      isStopped = true;
      wake();
      await loop;
    },
  };
}
