import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { Database } from '../../adapters/postgres/database.ts';
import { AppError } from '../../domain/errors.ts';
import type { AssayRuleset } from '../../adapters/rules/rule-schemas.ts';

/** What a run has put into the database, so that it can be taken out again. */
export interface SeededCases {
  remove(): Promise<void>;
}

/** Side of the seeded pictures: the greatest that a preview has. */
const PICTURE_PX = 640;

/** A picture that compresses as a photo does: two colours that run into each other, under noise. */
async function paintPicture(hue: number): Promise<Buffer> {
  const noise = await sharp({
    create: {
      width: PICTURE_PX,
      height: PICTURE_PX,
      channels: 3,
      background: { r: hue, g: 255 - hue, b: 128 },
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .png()
    .toBuffer();
  return sharp(noise).webp({ quality: 80 }).toBuffer();
}

/**
 * Puts cases that wait into an empty installation, spread over the queues and kinds of the rules. The most urgent ones,
 * which people are shown, have a listing with two pictures, a check and a finding each.
 *
 * @throws AppError `config.invalid` where the database has cases of its own: reviewers of a measurement would take them.
 */
export async function seedCases(
  prisma: Database,
  ruleset: AssayRuleset,
  { cases, withEvidence }: { readonly cases: number; readonly withEvidence: number },
): Promise<SeededCases> {
  if ((await prisma.case.count({ take: 1 })) > 0)
    throw new AppError('config.invalid', 'The database has cases: measure on an empty one of its own.');
  const queues = ruleset.queues.queues.map(({ name }) => name);
  const types = Object.keys(ruleset.violations);
  const run = `bench-${randomBytes(4).toString('hex')}`;
  await prisma.$executeRaw`
    INSERT INTO "case" (id, "openKey", "caseKey", state, queue, severity, "violationType", priority, "subjectKind",
      "subjectId", summary, "openedAt", "dueAt")
    SELECT ${run} || '-' || i, 'bench:' || ${run} || ':' || i, 'bench:' || i, 'QUEUED',
      (${queues}::text[])[1 + i % ${queues.length}::int], 'S' || (i % 4), (${types}::text[])[1 + i % ${types.length}::int],
      (i * 7919 % 100003)::float8, 'LISTING', ${run} || '-' || i, 'A case of the measurement.', now(), now() + interval '3 days'
    FROM generate_series(1, ${cases}::int) AS i`;
  await addEvidence(prisma, run, withEvidence, ruleset.digest);
  await prisma.$executeRawUnsafe('ANALYZE "case"');
  return {
    async remove() {
      const like = `${run}%`;
      await prisma.$executeRaw`DELETE FROM "case" WHERE id LIKE ${like}`;
      await prisma.$executeRaw`DELETE FROM "check" WHERE id LIKE ${like}`;
      await prisma.$executeRaw`DELETE FROM listing WHERE id LIKE ${like}`;
      await prisma.$executeRaw`DELETE FROM seller WHERE id = ${run}`;
      await prisma.$executeRaw`DELETE FROM picture WHERE 'bench' = ANY(flags)`;
    },
  };
}

async function addEvidence(prisma: Database, run: string, count: number, rulesetDigest: string): Promise<void> {
  const now = new Date();
  const previews = await Promise.all([20, 90, 160, 230].map(paintPicture));
  const pictures = previews.map((preview) => ({
    contentSha256: createHash('sha256').update(preview).digest('hex'),
    mediaType: 'image/webp',
    widthPx: PICTURE_PX,
    heightPx: PICTURE_PX,
    flags: ['bench'],
    keys: Buffer.alloc(0),
    preview: Uint8Array.from(preview),
    createdAt: now,
  }));
  await prisma.picture.createMany({ data: pictures, skipDuplicates: true });
  const legal = { id: run, version: 1, registeredAt: now, receivedAt: now };
  await prisma.seller.create({
    data: {
      ...legal,
      legalId: run,
      contentSha256: run,
      payload: { id: run, legalId: run, storeName: 'Store of the measurement', country: 'DE' },
    },
  });
  const chosen = await prisma.case.findMany({
    where: { id: { startsWith: run } },
    orderBy: { priority: 'desc' },
    take: count,
    select: { id: true, violationType: true },
  });
  const title = 'Handbag of the measurement, replica quality, free shipping';
  await prisma.listing.createMany({
    data: chosen.map(({ id }) => ({
      id,
      sellerId: run,
      version: 1,
      contentSha256: run,
      title,
      priceMinor: 4_999n,
      currency: 'EUR',
      payload: { id, sellerId: run, title, description: `${title}. `.repeat(20), priceMinor: 4_999, currency: 'EUR' },
      publication: 'LIVE',
      createdAt: now,
      receivedAt: now,
    })),
  });
  const shaOf = (i: number): string => pictures[i % pictures.length]!.contentSha256;
  await prisma.listingPicture.createMany({
    data: chosen.flatMap(({ id }, i) =>
      [0, 1].map((position) => ({ listingId: id, listingVersion: 1, position, contentSha256: shaOf(i + position) })),
    ),
  });
  await prisma.check.createMany({
    data: chosen.map(({ id }) => ({
      id,
      subjectKind: 'LISTING',
      subjectId: id,
      subjectVersion: 1,
      contentSha256: run,
      state: 'DONE',
      outcome: 'REVIEW',
      rulesetDigest,
      acceptedAt: now,
      finishedAt: now,
    })),
  });
  const why = 'The title names a quality that copies are sold under.';
  await prisma.finding.createMany({
    data: chosen.map(({ id, violationType }, i) => ({
      id,
      checkId: id,
      subjectKind: 'LISTING',
      subjectId: id,
      detector: 'brand',
      detectorVersion: 1,
      violationType,
      probability: 0.9,
      summary: why,
      about: id,
      signals: {},
      createdAt: now,
      evidence: [
        { kind: 'TEXT_SPAN', why, field: 'title', start: 28, end: 43, text: title.slice(28, 43), view: 'NATIVE' },
        {
          kind: 'PICTURE_MATCH',
          why: 'The picture is one of the bank.',
          pictureIndex: 0,
          bank: 'PROTECTED',
          pictureSha256: shaOf(i),
          bankPictureId: 'bench',
          bankPictureSha256: shaOf(i + 1),
          ownerLabel: 'A brand',
          key: 'phash',
          queryWindow: 'full',
          bankWindow: 'full',
          orientation: 'r0',
          isInverted: false,
          distanceBits: 12,
          inliers: 40,
          transform: [1, 0, 0, 1, 0, 0],
        },
      ],
    })),
  });
  await prisma.caseItem.createMany({ data: chosen.map(({ id }) => ({ caseId: id, checkId: id, addedAt: now })) });
}
