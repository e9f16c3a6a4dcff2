import type { Mark } from '../../domain/mark.ts';
import type { EvalRow, ExpectedOutcome } from './eval-rows.ts';
import type { Random } from './evasions.ts';

interface Template {
  readonly family: string;
  readonly outcome: ExpectedOutcome;
  /** `{m}` the mark, `{n}` a model number. */
  readonly titles: readonly string[];
  readonly brand: 'none' | 'other' | 'mark';
}

const TEMPLATES: readonly Template[] = [
  {
    family: 'lawful-compatible',
    outcome: 'allow',
    brand: 'other',
    titles: [
      'Silicone case compatible with {m} {n} shockproof black',
      'Replacement battery for {m} {n} 3500mAh',
      'USB-C charging cable fits {m} {n}, 2 m',
      '20mm nylon watch strap for {m} {n} men women',
      'Tempered glass screen protector, suitable for {m} {n}',
      'Air filter replacement kit for the {m} {n} vacuum cleaner',
      'Ink cartridge works with {m} {n} printers',
      'Schutzhülle für {m} {n} mit Standfunktion',
      'Ersatzakku passend für {m} {n}',
      'Coque de protection pour {m} {n} antichoc',
      'Chargeur compatible avec {m} {n}',
      'Funda de cuero para {m} {n}',
      'Correa de repuesto compatible con {m} {n}',
      'Custodia per {m} {n} trasparente',
      'Hoesje geschikt voor {m} {n}',
      'Etui do {m} {n} czarne',
      'Чехол для {m} {n} силиконовый',
      'Зарядное устройство совместимо с {m} {n}',
      '适用 {m} {n} 手机壳 防摔',
      '{m} {n} 対応 ケース 耐衝撃',
      '{m} {n} 호환 충전 케이블',
      'Capa protetora para {m} {n}',
      'Toner cartridge replacement for {m} {n} LaserJet',
      'Brake pads for {m} {n} front axle set of 4',
    ],
  },
  {
    family: 'lawful-own-brand',
    outcome: 'allow',
    brand: 'mark',
    titles: [
      '{m} {n} original box',
      '{m} running shoes model {n}',
      'Bag {m} leather {n}',
      'New {m} {n} in stock, fast shipping',
    ],
  },
  {
    family: 'replica',
    outcome: 'block',
    brand: 'none',
    titles: [
      '{m} bag 1:1 mirror quality with box',
      'AAA {m} sneakers top grade {n}',
      'Replica {m} watch automatic {n}',
      '{m} 高仿 包包 一比一',
      'Сумка {m} реплика люкс',
      'Zapatillas {m} réplica triple a',
      'First copy {m} shoes {n}',
      '{m} knockoff handbag, same as original',
      '{m} 复刻 手表',
      '{m} super clone watch {n}',
    ],
  },
  {
    family: 'comparison',
    outcome: 'review',
    brand: 'other',
    titles: [
      'Perfume inspired by {m} 100 ml',
      '{m} dupe lipstick matte',
      'Handbag similar to {m} classic',
      'Eau de parfum, smells like {m}',
      'Better than {m}: our blender {n}',
    ],
  },
  {
    family: 'keyword-misuse',
    outcome: 'review',
    brand: 'other',
    titles: [
      'Running shoes breathable {m} men {n}',
      'Leather handbag {m} women fashion',
      'Wrist watch sport {m} quartz {n}',
    ],
  },
];

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!;

/** Rows whose words around the mark decide: `perFamily` for each, with the outcome that a moderator would give. */
export const makeContextRows = (
  marks: readonly Mark[],
  { perFamily, random }: { readonly perFamily: number; readonly random: Random },
): EvalRow[] => {
  if (marks.length === 0) return [];
  return TEMPLATES.flatMap(({ family, outcome, titles, brand }) =>
    Array.from({ length: perFamily }, (_, at): EvalRow => {
      const mark = pick(marks, random);
      const name = mark.wordMarkSpecification.markVerbalElementText;
      const model = `${pick(['X', 'S', 'Pro ', 'G', 'A'], random)}${1 + Math.floor(random() * 90)}`;
      return {
        id: `${family}-${at}`,
        title: pick(titles, random).replaceAll('{m}', name).replaceAll('{n}', model),
        description: '',
        brand: brand === 'none' ? '' : brand === 'mark' ? name : 'Norvik Parts',
        category: '',
        destination: [],
        seller: '',
        expected: [mark.id],
        family,
        outcome,
      };
    }),
  );
};
