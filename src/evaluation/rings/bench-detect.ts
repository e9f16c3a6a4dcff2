import { createAccountLinkIndex } from '../../detectors/account/account-links.ts';
import type { AccountSettings } from '../../detectors/account/settings.ts';
import type { ReviewEvent } from '../../detectors/ring/review-event.ts';
import { createRingDetector } from '../../detectors/ring/ring-detector.ts';
import { RingState } from '../../detectors/ring/ring-state.ts';
import { ringStateOptions } from '../../detectors/ring/ring-state-options.ts';
import type { RingSettings } from '../../detectors/ring/settings.ts';
import type { PseudonymousAccount } from '../../domain/account.ts';
import { latenciesOf, type Latencies } from './latencies.ts';
import { reviewStream } from './review-stream.ts';
import { seededRandom, type SeededRandom } from './seeded-random.ts';

const DAY_MS = 86_400_000;
const STREAM_DAYS = 120;
/** Words that a review of this marketplace is made of, seldom ones far seldomer than common ones. */
const VOCABULARY = 4_000;
const WORDS = 60;
const RINGS = 40;
const MEMBERS = 12;
const LISTINGS = 6;

export interface DetectBench {
  readonly liveReviews: number;
  /** Taking a review in with its text, and the whole search with links, texts and the finding: of the processor. */
  readonly endToEnd: Latencies;
  /** The same on the wall, which tells of the machine's other work as well. */
  readonly onTheWall: Latencies;
  /** Of the processor, for reviews in which a ring was found. */
  readonly inRings: Latencies;
  readonly measured: number;
  readonly found: number;
}

/**
 * A review from arrival to finding, without queue and database: a marketplace of texts of 60 words and of accounts with
 * devices and networks, into which rings with reused texts come all the time. The last tenth of the stream is measured.
 */
export const benchDetect = (reviews: number, ring: RingSettings, account: AccountSettings): DetectBench => {
  const random = seededRandom(5);
  const events = withRings([...reviewStream(reviews, STREAM_DAYS, random)], random);
  const accountLinks = createAccountLinkIndex(account.links);
  for (const id of new Set(events.map(({ accountId }) => accountId))) accountLinks.add(accountOf(id, random));
  const state = new RingState(ringStateOptions(ring));
  const detector = createRingDetector(ring);
  const from = Math.floor(0.9 * events.length);
  const all: number[] = [];
  const wall: number[] = [];
  const inRings: number[] = [];
  let day = 0;
  for (const [index, review] of events.entries()) {
    if (review.atMs >= (day + 1) * DAY_MS) {
      day = Math.floor(review.atMs / DAY_MS);
      state.expire(review.atMs);
    }
    const startMs = performance.now();
    const cpu = process.cpuUsage();
    state.add(review);
    if (index < from) continue;
    const result = detector.detect({
      review,
      ringState: state,
      accountLinks: (a, b) => accountLinks.linkStrength(a, b),
      registeredAtMs: (id) => accountLinks.accountOf(id)?.registeredAtMs,
      nowMs: review.atMs,
    });
    const spent = process.cpuUsage(cpu);
    const microseconds = spent.user + spent.system;
    wall.push(1_000 * (performance.now() - startMs));
    all.push(microseconds);
    if (result.kind === 'findings' && result.findings.length > 0) inRings.push(microseconds);
  }
  return {
    liveReviews: state.liveReviews,
    endToEnd: latenciesOf(Float64Array.from(all)),
    onTheWall: latenciesOf(Float64Array.from(wall)),
    inRings: latenciesOf(Float64Array.from(inRings)),
    measured: all.length,
    found: inRings.length,
  };
};

const textOf = (random: SeededRandom): string =>
  Array.from({ length: WORDS }, () => `w${Math.floor(VOCABULARY * random.next() ** 3)}`).join(' ');

/** The stream with texts and with rings whose campaigns are spread over it, by time. */
const withRings = (stream: readonly ReviewEvent[], random: SeededRandom): ReviewEvent[] => {
  const events = stream.map((event) => ({ ...event, text: textOf(random) }));
  for (let ring = 0; ring < RINGS; ring += 1) {
    const startMs = random.next() * (STREAM_DAYS - 20) * DAY_MS;
    const text = textOf(random);
    for (let listing = 0; listing < LISTINGS; listing += 1) {
      const atMs = startMs + 15 * random.next() * DAY_MS;
      for (let member = 0; member < MEMBERS; member += 1) {
        if (random.next() < 0.2) continue;
        events.push({
          reviewId: `ring-${ring}-${listing}-${member}`,
          accountId: `member-${ring}-${member}`,
          listingId: `l${(97 * ring + 31 * listing) % 5_000}`,
          sellerId: `ring-seller-${ring}`,
          stars: 5,
          atMs: atMs + 5 * random.next() * DAY_MS,
          text: text.replace(/w\d+/, `w${random.below(VOCABULARY)}`),
        });
      }
    }
  }
  return events.sort((a, b) => a.atMs - b.atMs);
};

/** An account with a device and a home network, which members of one ring share with some of the others. */
const accountOf = (id: string, random: SeededRandom): PseudonymousAccount => {
  const ring = /^member-(\d+)-/.exec(id)?.[1];
  const own = ring === undefined ? id : `${ring}-${random.below(4)}`;
  const identifier = (kind: 'DEVICE' | 'SUBNET') => ({ kind, value: `${kind}-${own}`, keyEpoch: 1, seenAtMs: 0 });
  return {
    id,
    kind: 'BUYER',
    registeredAt: new Date(0).toISOString(),
    identifiers: [identifier('DEVICE'), { ...identifier('SUBNET'), networkClass: 'RESIDENTIAL' }],
    sessions: [],
  };
};
