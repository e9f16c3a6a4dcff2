import { damagedPicture, soundPictures } from './damage-pictures.ts';

/** The intake of pictures, as far as it is put to the test. */
export interface TestedIntake {
  read(
    bytes: Uint8Array,
  ): Promise<
    | { readonly kind: 'read'; readonly flags: readonly string[] }
    | { readonly kind: 'unreadable'; readonly code: string }
  >;
}

/** What became of a part of the damaged pictures. */
export interface FuzzTally {
  /** Pictures by what the intake said: `read`, or the code of why not. */
  readonly answers: Readonly<Record<string, number>>;
  /** Pictures on which the intake threw, which it must never do. */
  readonly thrown: readonly { readonly number: number; readonly what: string }[];
  /** The slowest picture. */
  readonly slowestMs: number;
  readonly slowestNumber: number;
}

/** Puts the damaged pictures from one number to before another through the intake, some at a time as a worker does. */
export async function fuzzIntake(
  range: { readonly from: number; readonly to: number },
  tools: {
    readonly reader: TestedIntake;
    readonly nowMs: () => number;
    /** Told before each picture, so that one that kills the process is known. */
    readonly onBegin: (number: number) => void;
  },
): Promise<FuzzTally> {
  const sound = await soundPictures();
  const answers: Record<string, number> = {};
  const thrown: { number: number; what: string }[] = [];
  let slowestMs = 0;
  let slowestNumber = range.from;
  for (let number = range.from; number < range.to; number++) {
    const { format, damage, bytes } = damagedPicture(number, sound);
    tools.onBegin(number);
    const startMs = tools.nowMs();
    try {
      const reading = await tools.reader.read(bytes);
      const answer =
        reading.kind === 'read' ? (reading.flags.includes('TRUNCATED') ? 'read, flagged' : 'read') : reading.code;
      answers[answer] = (answers[answer] ?? 0) + 1;
    } catch (fault) {
      const told = fault instanceof Error ? fault.message : String(fault);
      thrown.push({ number, what: `${format}, ${damage}: ${told.slice(0, 200)}` });
    }
    const tookMs = tools.nowMs() - startMs;
    if (tookMs > slowestMs) {
      slowestMs = tookMs;
      slowestNumber = number;
    }
  }
  return { answers, thrown, slowestMs, slowestNumber };
}
