import { parentPort, workerData } from 'node:worker_threads';
import { SealedIndexBuilder } from '../../detectors/brand/sealed-index.ts';
import type { FromIndexThread, IndexThreadData, ToIndexThread } from './thread-messages.ts';

const port = parentPort;
if (port !== null) {
  const { rules } = workerData as IndexThreadData;
  const builder = new SealedIndexBuilder(rules);
  const answer = (message: FromIndexThread): void => port.postMessage(message);
  port.on('message', (message: ToIndexThread) => {
    switch (message.kind) {
      case 'marks':
        for (const mark of message.marks) builder.push(mark);
        answer({ kind: 'next' });
        return;
      case 'seal':
        answer({ kind: 'sealed', index: builder.seal() });
        port.close();
        return;
      default:
        return message satisfies never;
    }
  });
}
