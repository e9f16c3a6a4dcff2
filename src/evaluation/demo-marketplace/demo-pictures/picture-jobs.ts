import type { InventedBrand } from './brand-emblems.ts';
import type { Disguise } from './picture-theft.ts';
import type { ProductKind } from './product-scenes.ts';

/** What sign a picture shows: an invented brand's sign, a word of an invented shop brand, or a real sign by its slug. */
export type PictureSign =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'INVENTED'; readonly brand: InventedBrand }
  | { readonly kind: 'WORD'; readonly word: string }
  | { readonly kind: 'REAL'; readonly slug: RealSign };

/** Signs taken from the simple-icons package (CC0; the marks remain their owners'). */
export type RealSign = 'Nike' | 'Adidas' | 'Samsung' | 'Xiaomi';

/** How one picture file of the demo comes about. */
export type PictureJob =
  | {
      readonly how: 'SCENE';
      readonly path: string;
      readonly product: ProductKind;
      readonly sign: PictureSign;
      /** Fixes the object: two jobs with one key show the same thing. */
      readonly productKey: string;
      /** Fixes the surroundings. */
      readonly settingKey: string;
    }
  | { readonly how: 'DISGUISE'; readonly path: string; readonly from: string; readonly disguise: Disguise }
  | {
      readonly how: 'SIGN';
      readonly path: string;
      readonly sign: PictureSign;
      readonly colour: string;
      readonly ground: string;
    };
