import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { objectsIn } from '../../../src/evaluation/labelled-file.ts';
import { evaluateRings } from '../../../src/evaluation/rings/evaluate-rings.ts';
import { fitCalibration, holdOutHalf, reliabilityOf } from '../../../src/evaluation/rings/fit-calibration.ts';
import { graphOf } from '../../../src/evaluation/rings/graph-file.ts';
import { blockUserF } from '../../../src/evaluation/rings/block-user-f.ts';
import { plantBlock } from '../../../src/evaluation/rings/plant-block.ts';
import { plantRings, PROTOCOL_C } from '../../../src/evaluation/rings/protocol-c.ts';
import { rankingMetrics } from '../../../src/evaluation/rings/ranking-metrics.ts';
import { readReviewFile } from '../../../src/evaluation/rings/review-file.ts';
import { seededRandom } from '../../../src/evaluation/rings/seeded-random.ts';
import { shippedSettings } from './ring-fixture.ts';

/** A made-up market: 1,500 users of 2,000 items, 12,000 edges. */
const marketGraph = (seed: number) => {
  const random = seededRandom(seed);
  const edges = new Set<number>();
  while (edges.size < 12_000) edges.add(random.below(1_500) * 2 ** 26 + Math.floor(2_000 * random.next() ** 2));
  return graphOf([...edges], 1_500, 2_000);
};

const readText = (text: string) => readReviewFile(objectsIn(() => Readable.from([text])));

describe('review file', () => {
  const heading = 'reviewer,product,seller,rating,time,text,label,ring';

  it('reads reviews by time and sets lines aside that hold none', async () => {
    const { reviews, bad } = await readText(
      [
        heading,
        'b,p,s,5,1700000100,"good, really",0,',
        'a,p,s,1,2023-11-14T22:13:20Z,,1,r#1',
        'c,p,s,9,1700000000,,0,',
        ',p,s,5,1,,,',
      ].join('\n'),
    );
    expect(reviews.map(({ accountId, truth, ring }) => [accountId, truth, ring])).toEqual([
      ['a', 'FRAUD', 'r#1'],
      ['b', 'HONEST', ''],
    ]);
    expect(reviews[0]?.atMs).toBe(1_700_000_000_000);
    expect(reviews[1]?.text).toBe('good, really');
    expect(bad.map(({ line }) => line)).toEqual([4, 5]);
  });

  it('does with the four columns that it needs, separated by tabs too', async () => {
    const { reviews } = await readText('time\treviewer\tproduct\trating\n1700000000000\ta\tp\t4\n');
    expect(reviews).toMatchObject([{ accountId: 'a', stars: 4, atMs: 1_700_000_000_000, sellerId: '', text: '' }]);
  });

  it('reads NDJSON, semicolons and the names of published sets', async () => {
    const wanted = [{ accountId: 'a', listingId: 'p', stars: 4, atMs: 1_388_570_400_000 }];
    expect(
      (await readText('{"user_id":"a","prod_id":"p","rating":4,"date":"2014-01-01 10:00:00"}\n')).reviews,
    ).toMatchObject(wanted);
    expect((await readText('\uFEFFUser;Item;Stars;Timestamp\r\na;p;4;1388570400\r\n')).reviews).toMatchObject(wanted);
  });

  it('names the columns that no line has', async () => {
    await expect(readText('reviewer,product\na,b\n')).rejects.toThrow('rating, time missing');
    await expect(readText('a,p,4,1388570400\nb,p,4,1388570400\n')).rejects.toThrow('must name its columns');
  });

  it('knows nothing of reviewers without labels, and takes the others for honest where rings are marked', async () => {
    const truths = async (text: string) => (await readText(text)).reviews.map(({ truth }) => truth);
    expect(await truths('reviewer,product,rating,time\na,p,4,1\nb,p,4,2\n')).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(await truths('reviewer,product,rating,time,ring\na,p,4,1,r\nb,p,4,2,\n')).toEqual(['FRAUD', 'HONEST']);
    expect(await truths('reviewer,product,rating,time,label\na,p,4,1,1\nb,p,4,2,\n')).toEqual(['FRAUD', 'UNKNOWN']);
    const unknown = evaluateRings(
      (await readText('reviewer,product,rating,time\na,p,4,1\n')).reviews,
      shippedSettings(),
      14,
    );
    expect(unknown.byReviewer).toBeUndefined();
  });
});

describe('figures', () => {
  it('are those of a ranking computed by hand', () => {
    const items = [
      { score: 4, isFlagged: true, isFraud: true },
      { score: 3, isFlagged: true, isFraud: false },
      { score: 2, isFlagged: false, isFraud: true },
      { score: 1, isFlagged: false, isFraud: false },
    ];
    const { averagePrecision, ...others } = rankingMetrics(items);
    expect(others).toEqual({ precision01: 0.5, recall01: 0.5, f1: 0.5, auc: 0.75 });
    expect(averagePrecision).toBeCloseTo(5 / 6, 12);
  });

  it('count ties half', () => {
    const items = [true, false, true, false].map((isFraud) => ({ score: 0, isFlagged: false, isFraud }));
    expect(rankingMetrics(items)).toMatchObject({ auc: 0.5, averagePrecision: 0.5 });
  });

  it('come out well where rings are planted in a market, with nobody honest blamed by the dozen', () => {
    const protocol = { ...PROTOCOL_C, rings: [{ count: 4, members: 10, listings: 6 }] };
    const reviews = plantRings(marketGraph(1), protocol, seededRandom(2));
    const result = evaluateRings(reviews, shippedSettings(), 30);
    expect(result.byReviewer?.precision01).toBeGreaterThan(0.95);
    expect(result.byReviewer?.recall01).toBeGreaterThan(0.9);
    expect(result.falseRings).toBe(0);
  });

  it('repeat with the seed', () => {
    const plant = () => plantRings(marketGraph(1), PROTOCOL_C, seededRandom(3)).slice(0, 500);
    expect(plant()).toEqual(plant());
  });
});

describe('planted block', () => {
  it('is what FRAUDAR finds when it is dense', () => {
    const planted = plantBlock(
      marketGraph(4),
      { users: 60, items: 40, density01: 0.9, camouflage: 3, areUsersNew: true },
      seededRandom(5),
    );
    expect(blockUserF(planted, 1).userF).toBeGreaterThan(0.98);
  });
});

describe('calibration', () => {
  it('rises and pools what contradicts the order', () => {
    const points = fitCalibration([
      { nats: 1, isConfirmed: false },
      { nats: 2, isConfirmed: true },
      { nats: 3, isConfirmed: false },
      { nats: 9, isConfirmed: true },
    ]);
    expect(points.map(({ nats }) => nats)).toEqual([1, 2.5, 9]);
    expect(points.map(({ probability }) => probability)).toEqual([1 / 3, 1 / 2, 2 / 3]);
  });

  it('is held against rings that it was not fitted to', () => {
    const { fitted, heldOut } = holdOutHalf([9, 1, 7, 3].map((nats) => ({ nats, isConfirmed: nats > 5 })));
    expect(fitted.map(({ nats }) => nats)).toEqual([1, 7]);
    expect(heldOut.map(({ nats }) => nats)).toEqual([3, 9]);
    const line = [
      { nats: 0, probability: 0.1 },
      { nats: 10, probability: 0.9 },
    ];
    const { rings, brier, bins } = reliabilityOf(heldOut, line);
    // Said 0.34 of a false ring and 0.82 of a true one.
    expect(rings).toBe(2);
    expect(brier).toBeCloseTo((0.34 ** 2 + 0.18 ** 2) / 2);
    expect(bins).toMatchObject([
      { rings: 1, confirmed01: 0 },
      { rings: 1, confirmed01: 1 },
    ]);
    expect(bins.map(({ said01 }) => Math.round(100 * said01))).toEqual([34, 82]);
  });
});
