import { describe, expect, it } from 'vitest';
import { finding } from '../../../src/domain/finding.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import { mark as markSchema, type Mark } from '../../../src/domain/mark.ts';
import type { Seller } from '../../../src/domain/seller.ts';
import { createImageDetector } from '../../../src/detectors/image/image-detector.ts';
import type { ImageFacts, PictureFact } from '../../../src/detectors/image/image-facts.ts';
import { createLogoIndex } from '../../../src/detectors/image/logo-index.ts';
import { createOwnerIndex } from '../../../src/detectors/image/owner-index.ts';
import { createPdqList, type BankedHash } from '../../../src/detectors/image/pdq-list.ts';
import { createPictureIndex, type BankPicture } from '../../../src/detectors/image/picture-index.ts';
import { makePictureKeys, type PictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import type { PictureRaster } from '../../../src/detectors/image/raster.ts';
import { drawPicture, rearrange, shippedSettings } from './drawn-picture.ts';

const NOW = Date.parse('2026-05-01T00:00:00Z');
const sha = (seed: number): string => seed.toString(16).padStart(64, '0');
const made = new Map<PictureRaster, PictureKeys>();
const keysOf = (raster: PictureRaster): PictureKeys => {
  const keys = made.get(raster) ?? makePictureKeys(raster, raster, shippedSettings);
  made.set(raster, keys);
  return keys;
};

const original = drawPicture(11);
const stolen = rearrange(original, { widthPx: 290, heightPx: 220 }, (x, y) => [310 - x, y + 10]);
const stranger = drawPicture(12);

const listing: Listing = {
  id: 'L1',
  sellerId: 'S1',
  title: 'Bag',
  description: '',
  niceClasses: [],
  attributes: {},
  priceMinor: 1_000,
  currency: 'EUR',
  destinations: ['DE'],
  pictures: [],
  createdAt: '2026-04-20T00:00:00Z',
};
const seller: Seller = {
  id: 'S1',
  legalId: 'E1',
  storeName: 'Store',
  registeredAt: '2025-01-01T00:00:00Z',
  kyb: 'VERIFIED',
  ownBrands: [],
};
const mark: Mark = markSchema.parse({
  id: 'M1',
  rightsHolderId: 'R1',
  wordMarkSpecification: { markVerbalElementText: 'Norvik' },
  ownSellerIds: ['S-owner'],
  authorizations: [{ sellerId: 'S-partner', territories: ['DE'], validUntil: '2026-04-30' }],
});

const read = (raster: PictureRaster, index = 0, flags: readonly string[] = []): PictureFact => ({
  kind: 'read',
  index,
  contentSha256: sha(raster.rgb.reduce((sum, value) => (sum * 31 + value) % 1_000_003, index)),
  widthPx: raster.widthPx,
  heightPx: raster.heightPx,
  keys: keysOf(raster),
  flags,
});

const entry = (told: Partial<BankPicture>): BankPicture => ({
  id: 'B1',
  bank: 'SELLERS',
  keys: keysOf(original),
  contentSha256: sha(99),
  uploadedAtMs: Date.parse('2026-01-01T00:00:00Z'),
  ownerLabel: 'listing L9 of store Nine',
  ownerListingId: 'L9',
  ownerSellerId: 'S9',
  ownerLegalId: 'E9',
  ...told,
});

const owners = createOwnerIndex();
owners.putMark(mark);

function detect(entries: readonly BankPicture[], told: Partial<ImageFacts> = {}) {
  const pictureIndex = createPictureIndex(shippedSettings);
  for (const one of entries) pictureIndex.add(one);
  const result = createImageDetector(shippedSettings).detect({
    listing,
    seller,
    pictures: [read(stolen)],
    pictureIndex,
    owners,
    listedPictures: createPdqList(),
    logoIndex: createLogoIndex(shippedSettings.logos),
    nowMs: NOW,
    ...told,
  });
  if (result.kind !== 'findings') return [];
  // What a detector says must fit the schema that everything behind it relies on.
  return result.findings.map((one) => finding.parse(one));
}

const types = (findings: readonly { violationType: string }[]): readonly string[] =>
  findings.map((one) => one.violationType);

describe('the image detector', () => {
  it('tells a mirrored and cropped picture of another seller as theft, with how the two lie on each other', () => {
    const [theft, ...rest] = detect([entry({})]);
    expect(rest).toEqual([]);
    expect(theft?.violationType).toBe('IP_CR_IMAGE_THEFT');
    expect(theft?.probability).toBeGreaterThan(0.9);
    const [evidence] = theft?.evidence ?? [];
    if (evidence?.kind !== 'PICTURE_MATCH') throw new Error('no picture evidence');
    expect(evidence).toMatchObject({ bankPictureId: 'B1', orientation: 'mirror', isInverted: false, pictureIndex: 0 });
    // The thief shows columns 21–310 mirrored and rows 10–229: bank x = 165.5 of 320 comes to lie in the middle.
    const [a, b, c, d, e, f] = evidence.transform as readonly number[] as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    expect(a * (166 / 320) + c * 0.5 + e).toBeCloseTo(0.5, 1);
    expect(b * (166 / 320) + d * (120 / 240) + f).toBeCloseTo(0.5, 1);
    expect(a).toBeCloseTo(-320 / 290, 1);
  });

  it('says nothing of a picture that no bank shows', () => {
    expect(detect([entry({})], { pictures: [read(stranger)] })).toEqual([]);
  });

  it.each([
    ['the same listing', { ownerListingId: 'L1' }],
    ['the same seller', { ownerSellerId: 'S1' }],
    ['the same legal entity', { ownerLegalId: 'E1' }],
    ['somebody who showed it later', { uploadedAtMs: Date.parse('2026-04-25T00:00:00Z') }],
  ])('lets a seller show a picture of %s', (_, told) => {
    expect(detect([entry(told)])).toEqual([]);
  });

  it('presumes the earliest uploader to be the owner', () => {
    const later = entry({
      id: 'B2',
      ownerSellerId: 'S8',
      ownerLegalId: 'E8',
      uploadedAtMs: Date.parse('2026-02-01T00:00:00Z'),
    });
    const [theft, ...rest] = detect([later, entry({})]);
    expect(rest).toEqual([]);
    expect(theft?.evidence.map((one) => one.kind === 'PICTURE_MATCH' && one.bankPictureId)).toEqual(['B1']);
  });

  it('does not take a seller who showed the picture before for a thief, however new the listing is', () => {
    const own = entry({
      id: 'B2',
      ownerSellerId: 'S1',
      ownerLegalId: 'E1',
      uploadedAtMs: Date.parse('2025-12-01T00:00:00Z'),
    });
    expect(detect([entry({}), own])).toEqual([]);
  });

  it('tells a picture that many businesses use as a shared catalogue picture, and not as theft', () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      entry({ id: `B${i}`, ownerSellerId: `S${i + 20}`, ownerLegalId: `E${i + 20}` }),
    );
    const findings = detect(many);
    expect(types(findings)).toEqual(['LST_SHARED_CATALOGUE_PICTURE']);
    expect(findings[0]?.signals).toEqual({ businesses: 12 });
  });

  it('counts all of three hundred businesses that use a picture, and names none of them the owner', () => {
    const entries = Array.from({ length: 300 }, (_, i) =>
      entry({ id: `B${i}`, ownerListingId: `L${100 + i}`, ownerSellerId: `S${100 + i}`, ownerLegalId: `E${100 + i}` }),
    );
    const told = detect(entries);
    expect(told.map(({ violationType }) => violationType)).toEqual(['LST_SHARED_CATALOGUE_PICTURE']);
    expect(told[0]?.signals['businesses']).toBe(300);
  });

  it('counts stores of one legal entity once when it asks whether a picture is shared', () => {
    const many = Array.from({ length: 12 }, (_, i) => entry({ id: `B${i}`, ownerSellerId: `S${i + 20}` }));
    expect(types(detect(many))).toEqual(['IP_CR_IMAGE_THEFT']);
  });

  it('lets owner and authorised sellers use protected pictures, each in territory and time', () => {
    const owned = entry({ bank: 'PROTECTED', markId: 'M1', rightsHolderId: 'R1' });
    const by = (id: string, told: Partial<ImageFacts> = {}) =>
      detect([owned], { seller: { ...seller, id, legalId: id }, ...told });
    expect(types(by('S1'))).toEqual(['IP_CR_IMAGE_THEFT']);
    expect(by('S-owner')).toEqual([]);
    const validMs = Date.parse('2026-04-30T12:00:00Z');
    expect(by('S-partner', { nowMs: validMs })).toEqual([]);
    expect(types(by('S-partner'))).toEqual(['IP_CR_IMAGE_THEFT']);
    const abroad = { ...listing, destinations: ['FR'] };
    expect(types(by('S-partner', { nowMs: validMs, listing: abroad }))).toEqual(['IP_CR_IMAGE_THEFT']);
  });

  it('tells known counterfeit goods whoever shows them', () => {
    const fake = entry({
      bank: 'COUNTERFEIT',
      markId: 'M1',
      isAdjudicated: true,
      ownerSellerId: 'S7',
      ownerLegalId: 'E7',
    });
    const [told] = detect([fake], { seller: { ...seller, id: 'S-owner' } });
    expect(told).toMatchObject({
      violationType: 'IP_TM_COUNTERFEIT_GOODS',
      markId: 'M1',
      signals: { isAdjudicated: true },
    });
  });

  it('tells a counterfeiter who comes back with the picture of the listing that was taken down', () => {
    const own = entry({ bank: 'COUNTERFEIT', ownerSellerId: 'S1', ownerLegalId: 'E1', isAdjudicated: true });
    expect(types(detect([own]))).toEqual(['IP_TM_COUNTERFEIT_GOODS']);
  });

  it('takes the stores of one hand for one: no theft between them, and no catalogue of puppets', () => {
    const puppets = createOwnerIndex();
    for (let i = 20; i < 32; i++) puppets.putAccount(`A${i}`, { sellerId: `S${i}`, clusterId: 'C1' });
    const many = Array.from({ length: 12 }, (_, i) =>
      entry({ id: `B${i}`, ownerSellerId: `S${i + 20}`, ownerLegalId: `E${i + 20}` }),
    );
    expect(types(detect(many, { owners: puppets }))).toEqual(['IP_CR_IMAGE_THEFT']);
    puppets.putAccount('A1', { sellerId: 'S1', clusterId: 'C1' });
    expect(detect(many, { owners: puppets })).toEqual([]);
  });

  it('asks the right holder of a picture without a mark for all marks of the holder', () => {
    const owned = entry({ bank: 'PROTECTED', rightsHolderId: 'R1' });
    expect(detect([owned], { seller: { ...seller, id: 'S-owner', legalId: 'E-owner' } })).toEqual([]);
  });

  it('lets an authorised seller show what the owner showed first, whoever showed it in between', () => {
    const ofOwner = entry({ id: 'B1', ownerSellerId: 'S-owner', ownerLegalId: 'E-owner' });
    const between = entry({ id: 'B2', uploadedAtMs: Date.parse('2026-02-01T00:00:00Z') });
    const nowMs = Date.parse('2026-04-30T12:00:00Z');
    const partner = { ...seller, id: 'S-partner', legalId: 'E-partner' };
    expect(detect([ofOwner, between], { seller: partner, nowMs })).toEqual([]);
    const told = detect([ofOwner, between], { nowMs });
    expect(told.flatMap(({ evidence }) => evidence.map((one) => 'bankPictureId' in one && one.bankPictureId))).toEqual([
      'B1',
    ]);
  });

  it('names the rights holder alone where a protected picture was copied by several sellers', () => {
    const owned = entry({ id: 'P1', bank: 'PROTECTED', markId: 'M1', rightsHolderId: 'R1' });
    const [told, ...rest] = detect([owned, entry({})]);
    expect(rest).toEqual([]);
    expect(told?.signals['bank']).toBe('PROTECTED');
    expect(told?.evidence).toHaveLength(1);
  });

  it('tells how long the seller had shown a picture before it came into the bank', () => {
    const late = entry({ bank: 'PROTECTED', markId: 'M1', uploadedAtMs: Date.parse('2026-04-27T00:00:00Z') });
    const [told] = detect([late]);
    expect(told?.evidence.at(-1)).toMatchObject({ kind: 'FACT', name: 'shownBeforeBank', value: 7 });
  });

  it('is silenced by a negative bank only where that accounts for what matches', () => {
    const half = rearrange(original, { widthPx: 160, heightPx: 240 }, (x, y) => [x, y]);
    const silencing = entry({ id: 'N1', bank: 'NEGATIVE', keys: keysOf(half) });
    expect(types(detect([entry({}), silencing], { pictures: [read(original)] }))).toEqual(['IP_CR_IMAGE_THEFT']);
    const small = entry({ keys: keysOf(half) });
    const whole = entry({ id: 'N1', bank: 'NEGATIVE' });
    expect(types(detect([small], { pictures: [read(original)] }))).toEqual(['IP_CR_IMAGE_THEFT']);
    expect(detect([small, whole], { pictures: [read(original)] })).toEqual([]);
  });

  it('is silenced by a negative bank that shows the same picture', () => {
    expect(detect([entry({}), entry({ id: 'N1', bank: 'NEGATIVE' })])).toEqual([]);
  });

  it('sends what could not be read to people, and says whose fault it is', () => {
    const findings = detect([], {
      pictures: [
        { kind: 'unreadable', index: 0, code: 'image.undecodable', detail: 'HEIC is not decodable here.' },
        { kind: 'unreadable', index: 1, code: 'image.fetch-timeout', detail: 'pictures.example was silent.' },
        read(stranger, 2, ['TRUNCATED']),
      ],
    });
    expect(types(findings)).toEqual(['LST_PICTURE_UNREADABLE', 'SYS_CHECK_INCOMPLETE', 'LST_PICTURE_UNREADABLE']);
  });

  it('tells when every approved picture was exchanged, and not when one was only edited', () => {
    expect(types(detect([], { pictures: [read(stranger)], approvedPictures: [read(original)] }))).toEqual([
      'LST_BAIT_SWITCH',
    ]);
    expect(detect([], { pictures: [read(stolen)], approvedPictures: [read(original)] })).toEqual([]);
    expect(detect([], { pictures: [read(stranger), read(original, 1)], approvedPictures: [read(original)] })).toEqual(
      [],
    );
  });

  describe('with a list of hashes', () => {
    const listedBy = (told: Partial<BankedHash>): ReturnType<typeof createPdqList> => {
      const list = createPdqList();
      const bits = keysOf(original).pdq.bits;
      list.add({ id: 'H1', bank: 'COUNTERFEIT', list: 'customs', label: 'bag', uploadedAtMs: 0, pdq: bits, ...told });
      return list;
    };
    const shown = { pictures: [read(original)] };

    it('tells a picture that the list knows, with evidence that there is nothing to show', () => {
      const [told, ...rest] = detect([], { ...shown, listedPictures: listedBy({ markId: 'M1' }) });
      expect(rest).toEqual([]);
      expect(told).toMatchObject({
        violationType: 'IP_TM_COUNTERFEIT_GOODS',
        markId: 'M1',
        signals: { isListedHash: true, bank: 'COUNTERFEIT', distanceBits: 0 },
      });
      expect(told?.probability).toBeLessThan(0.95);
      expect(told?.evidence[0]).toMatchObject({ kind: 'PICTURE_MATCH', key: 'pdq', bankPictureId: 'H1' });
      expect(told?.evidence[0]).not.toHaveProperty('bankPictureSha256');
      expect(told?.evidence[0]?.why).toContain('no picture to show');
    });

    it('says nothing to an authorised seller, nor where a picture of the same bank says more', () => {
      const listedPictures = listedBy({ bank: 'PROTECTED', markId: 'M1' });
      expect(detect([], { ...shown, listedPictures, seller: { ...seller, id: 'S-owner' } })).toEqual([]);
      const owned = entry({ bank: 'PROTECTED', markId: 'M1', rightsHolderId: 'R1' });
      const findings = detect([owned], { ...shown, listedPictures });
      expect(findings.map(({ signals }) => signals['isListedHash'])).toEqual([undefined]);
    });

    it('is silent about a picture that a negative list knows', () => {
      const listedPictures = listedBy({ bank: 'NEGATIVE' });
      expect(detect([entry({})], { ...shown, listedPictures })).toEqual([]);
    });

    it('knows a file by its MD5 sum though its hash says nothing', () => {
      const md5 = 'a'.repeat(32);
      const list = createPdqList();
      list.add({ id: 'H2', bank: 'PROTECTED', list: 'studio', label: 'bag', uploadedAtMs: 0, md5 });
      const picture = { ...read(original), md5 } as PictureFact;
      const [told] = detect([], { pictures: [picture], listedPictures: list });
      expect(told).toMatchObject({ violationType: 'IP_CR_IMAGE_THEFT', evidence: [{ key: 'md5' }] });
    });
  });

  it('skips a listing without pictures', () => {
    const result = createImageDetector(shippedSettings).detect({
      listing,
      seller,
      pictures: [],
      owners,
      listedPictures: createPdqList(),
      logoIndex: createLogoIndex(shippedSettings.logos),
      nowMs: NOW,
      pictureIndex: createPictureIndex(shippedSettings),
    });
    expect(result.kind).toBe('skipped');
  });

  it('leaves out a bank that is switched off', () => {
    const off = {
      ...shippedSettings,
      banks: { ...shippedSettings.banks, SELLERS: { ...shippedSettings.banks.SELLERS, enabledRatio01: 0 } },
    };
    const pictureIndex = createPictureIndex(off);
    pictureIndex.add(entry({}));
    const result = createImageDetector(off).detect({
      listing,
      seller,
      pictures: [read(stolen)],
      pictureIndex,
      owners,
      listedPictures: createPdqList(),
      logoIndex: createLogoIndex(shippedSettings.logos),
      nowMs: NOW,
    });
    expect(result).toEqual({ kind: 'findings', findings: [] });
  });
});
