import { compareShapes, profileDistance, ringProfile } from './logo-match.ts';
import type { Shape } from './logo-shapes.ts';
import { plainnessOf, scoreOf } from './plain-shapes.ts';
import type { OwnedPicture } from './picture-rights.ts';
import type { LogoSettings } from './settings.ts';

/** A submitted logo: the shapes by which it is found, as `shapesOfLogo` tells them, and whose it is. */
export interface BankLogo extends OwnedPicture {
  readonly bank: 'LOGO';
  readonly contentSha256: string;
  readonly shapes: readonly Shape[];
}

/** A logo that a picture seems to show. */
export interface LogoMatch {
  readonly logo: BankLogo;
  /** Which of the logo's shapes it is, and the shape of the picture. */
  readonly part: Shape;
  readonly shape: Shape;
  /** How alike they are, 0–1. */
  readonly score01: number;
  readonly turnSteps: number;
}

/** Finds submitted logos among the flat shapes of a picture. A value: an adapter keeps it and follows the database. */
export interface LogoIndex {
  readonly size: number;
  /** Adds a logo, or replaces the one with the same id. */
  add(logo: BankLogo): void;
  remove(id: string): boolean;
  /** Whether a logo is there that can be found: one as plain as a disc asks for a better match than there is. */
  canFind(id: string): boolean;
  /**
   * The best match of each logo that is sure enough, best first. Of marks whose name the picture shows, the logo may be
   * less alike.
   */
  search(shapes: readonly Shape[], namedMarkIds?: ReadonlySet<string>): readonly LogoMatch[];
}

interface Entry {
  readonly logo: BankLogo;
  readonly part: Shape;
  readonly profile: Float32Array;
  /** A plain logo must be matched better: discs and bars are everywhere. */
  readonly minScore01: number;
  /** The same beside the name. */
  readonly minNamedScore01: number;
}

/** An empty index. */
export function createLogoIndex(settings: LogoSettings): LogoIndex {
  const entries = new Map<string, readonly Entry[]>();
  return {
    get size() {
      return entries.size;
    },
    add(logo) {
      const toEntry = (part: Shape): Entry => {
        const plainness = plainnessOf(part);
        const minScore01 = Math.max(settings.minScore01, plainness + settings.plainMargin01);
        const minNamedScore01 = Math.max(settings.minNamedScore01, plainness);
        return { logo, part, profile: ringProfile(part), minScore01, minNamedScore01 };
      };
      entries.set(logo.id, logo.shapes.map(toEntry));
    },
    remove: (id) => entries.delete(id),
    canFind: (id) => entries.get(id)?.some(({ minScore01 }) => minScore01 < 1) ?? false,
    search(shapes, namedMarkIds = new Set()) {
      const best = new Map<string, LogoMatch>();
      const all = [...entries.values()].flat();
      for (const shape of shapes) {
        const profile = ringProfile(shape);
        for (const { logo, part, profile: wanted, ...least } of all) {
          const isNamed = logo.markId !== undefined && namedMarkIds.has(logo.markId);
          const minScore01 = isNamed ? least.minNamedScore01 : least.minScore01;
          // The overlap is at most what the profiles allow, and the score at most the overlap.
          if (1 - profileDistance(profile, wanted) < minScore01) continue;
          const agreement = compareShapes(part, shape, settings.maxTurnSteps);
          const score01 = scoreOf(agreement);
          if (score01 < minScore01 || score01 <= (best.get(logo.id)?.score01 ?? 0)) continue;
          best.set(logo.id, { logo, part, shape, score01, turnSteps: agreement.turnSteps });
        }
      }
      return [...best.values()].sort((a, b) => b.score01 - a.score01 || (a.logo.id < b.logo.id ? -1 : 1));
    },
  };
}
