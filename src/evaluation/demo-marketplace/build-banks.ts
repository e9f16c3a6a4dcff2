import type { PlannedListing } from './build-ordinary-listings.ts';
import type { PictureJob } from './demo-pictures/picture-jobs.ts';
import type { DemoBankPicture } from './demo-records.ts';

const BRAND_OWNERS = ['norvik', 'velluna', 'holtmere', 'audeon', 'kireshi', 'orchard'] as const;

/**
 * The pictures of the banks: the brands' own product pictures, their signs, pictures of counterfeits found before, and
 * suppliers' catalogue pictures, which everybody may use and which therefore silence a match.
 */
export const buildBanks = (
  listings: readonly PlannedListing[],
): { readonly bank: DemoBankPicture[]; readonly jobs: PictureJob[] } => {
  const bank: DemoBankPicture[] = [];
  const jobs: PictureJob[] = [];
  for (const owner of BRAND_OWNERS) {
    for (const { listing } of listings) {
      const path = listing.pictures[0]?.path;
      if (listing.sellerId !== `s-${owner}` || path === undefined) continue;
      bank.push({
        id: `protected-${listing.id}`,
        bank: 'PROTECTED',
        path,
        markId: `tm-${owner}`,
        rightsHolderId: `rh-${owner}`,
        label: `${owner.toUpperCase()}: ${listing.title}`,
      });
    }
  }
  for (const owner of ['NORVIK', 'VELLUNA', 'HOLTMERE', 'AUDEON', 'KIRESHI'] as const) {
    const path = `pictures/sign-${owner.toLowerCase()}.webp`;
    jobs.push({ how: 'SIGN', path, sign: { kind: 'INVENTED', brand: owner }, colour: '#141414', ground: '#ffffff' });
    bank.push({
      id: `logo-${owner.toLowerCase()}`,
      bank: 'LOGO',
      path,
      markId: `tm-${owner.toLowerCase()}-figure`,
      rightsHolderId: `rh-${owner.toLowerCase()}`,
      label: `Sign of ${owner}`,
    });
  }
  for (const slug of ['Nike', 'Adidas'] as const) {
    const path = `pictures/sign-${slug.toLowerCase()}.webp`;
    jobs.push({ how: 'SIGN', path, sign: { kind: 'REAL', slug }, colour: '#141414', ground: '#ffffff' });
    bank.push({
      id: `logo-${slug.toLowerCase()}`,
      bank: 'LOGO',
      path,
      markId: `tm-${slug.toLowerCase()}-figure`,
      rightsHolderId: 'rh-sports',
      label: `Sign of ${slug}`,
    });
  }
  const known = [
    { kind: 'handbag', brand: 'VELLUNA' },
    { kind: 'watch', brand: 'HOLTMERE' },
    { kind: 'sneaker', brand: 'NORVIK' },
    { kind: 'headphones', brand: 'AUDEON' },
  ] as const;
  for (const [index, { kind, brand }] of known.entries()) {
    const key = `known-counterfeit-${index + 1}`;
    const path = `pictures/${key}.webp`;
    jobs.push({
      how: 'SCENE',
      path,
      product: kind,
      sign: { kind: 'INVENTED', brand },
      productKey: key,
      settingKey: key,
    });
    bank.push({
      id: key,
      bank: 'COUNTERFEIT',
      path,
      markId: `tm-${brand.toLowerCase()}`,
      rightsHolderId: `rh-${brand.toLowerCase()}`,
      label: `Counterfeit ${brand} ${kind}, found on an earlier occasion`,
    });
  }
  for (const [id, label] of [
    ['stock-daily-bottle', 'Catalogue picture of the bottle maker, free for all dealers'],
    ['stock-value-nest-lamp', 'Catalogue picture of the lamp maker, free for all dealers'],
  ] as const) {
    bank.push({ id: `catalogue-${id}`, bank: 'NEGATIVE', path: `pictures/${id}.webp`, label });
  }
  return { bank, jobs };
};
