import type { DemoLanguage } from './demo-cast/cast-seller.ts';
import { asSentence, chooseWords } from './demo-wording/choose-words.ts';
import { PRODUCT_WORDS } from './demo-wording/product-words.ts';
import { REVIEW_WORDS } from './demo-wording/review-words.ts';
import type { ProductKind } from './demo-pictures/product-scenes.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { TextMemory } from './text-likeness.ts';

/** Two honest reviews are kept less alike than this; near-duplicate detectors start at about 0.4. */
const MOST_ALIKE_01 = 0.3;
const MOST_TRIES = 60;

interface ReviewTask {
  readonly kind: ProductKind;
  readonly language: DemoLanguage;
  readonly stars: number;
}

const draft = ({ kind, language, stars }: ReviewTask, random: SeededRandom): string => {
  const words = REVIEW_WORDS[language];
  const product = PRODUCT_WORDS[kind];
  const english = language === 'en';
  const praise = english ? [...product.praise, ...product.praise, ...words.praise] : words.praise;
  const complaints = english ? [...product.complaints, ...product.complaints, ...words.complaints] : words.complaints;
  const length = random.pick([1, 1, 2, 2, 2, 3, 3, 4]);
  const parts: string[] = [];
  if (random.chance(0.55)) parts.push(random.pick(words.openers));
  const fault = random.pick(complaints);
  const quibble = random.pick(product.complaints);
  if (stars >= 4) {
    parts.push(...random.sample(praise, length));
    if (random.chance(0.45)) parts.push(random.pick(words.lives));
    if (stars === 4 && english && random.chance(0.35))
      parts.push(
        random.pick([
          `only thing: ${quibble}`,
          `one star off: ${quibble}`,
          `small thing: ${quibble}`,
          `that said, ${quibble}`,
        ]),
      );
  } else if (stars === 3) {
    parts.push(random.pick(words.shrugs), random.pick(random.chance(0.5) ? praise : words.shrugs));
    if (random.chance(0.7))
      parts.push(english ? random.pick([`but ${fault}`, `on the other hand ${fault}`, fault]) : fault);
  } else {
    parts.push(fault);
    if (random.chance(0.5)) parts.push(random.pick(complaints));
    if (random.chance(0.35)) parts.push(random.pick(words.shrugs));
    parts.push(random.pick(words.closersBad));
  }
  if (random.chance(0.22)) parts.push(random.pick(words.delivery));
  if (stars >= 4) parts.push(random.pick(words.closersGood));
  const name = random.pick(product.names[language]).toLowerCase();
  const [stop, join] = language === 'zh' ? ['。', ''] : ['.', ' '];
  const end = random.pick([stop, stop, stop, language === 'zh' ? '！' : '!']);
  return [...new Set(parts)]
    .filter((part) => part !== '')
    .map((part, index, all) =>
      asSentence(chooseWords(part.replaceAll('$p', name), random), index === all.length - 1 ? end : stop),
    )
    .join(join);
};

/** How people type: some without capitals, some without a last full stop. */
const roughen = (text: string, random: SeededRandom): string => {
  const manner = random.next01();
  if (manner < 0.1) return text.toLowerCase();
  if (manner < 0.25) return text.replace(/[.!。！]$/u, '');
  if (manner < 0.28) return `${text} ${random.pick(['👍', '🙂', ':)', '❤️'])}`;
  return text;
};

/** An honest text that is unlike every text remembered so far; the memory then holds it too. */
export const writeHonestReview = (task: ReviewTask, memory: TextMemory, random: SeededRandom): string => {
  let best = '';
  let bestLikeness = 2;
  for (let attempt = 0; attempt < MOST_TRIES && bestLikeness >= MOST_ALIKE_01; attempt += 1) {
    const text = roughen(draft(task, random), random);
    const likeness = memory.nearest01(text);
    if (likeness < bestLikeness) {
      best = text;
      bestLikeness = likeness;
    }
  }
  if (bestLikeness >= MOST_ALIKE_01) return '';
  memory.remember(best);
  return best;
};
