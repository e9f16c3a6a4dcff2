import type { DemoLanguage } from '../demo-cast/cast-seller.ts';

/** Words that listings of any product use. `$n` stands for the name of the product. */
export interface ListingWords {
  readonly adjectives: readonly string[];
  readonly colours: readonly string[];
  readonly sentences: readonly string[];
}

/** Words of ordinary listings by language. */
export const LISTING_WORDS: Readonly<Record<DemoLanguage, ListingWords>> = {
  en: {
    adjectives: [
      'Handmade',
      'Everyday',
      'Classic',
      'Lightweight',
      'Nordic',
      'Vintage-style',
      'Small-batch',
      'Minimal',
      'Sturdy',
      'Soft',
      'Compact',
      'Two-tone',
    ],
    colours: [
      'sea green',
      'charcoal',
      'sand',
      'terracotta',
      'navy',
      'mustard',
      'off-white',
      'plum',
      'rust',
      'forest',
      'sky blue',
      'rose',
    ],
    sentences: [
      'Made in {small runs|our own workshop|a family business}, checked by hand before it leaves.',
      'Ships within {two|three} working days in a {recycled box|padded envelope}.',
      'Colours may differ slightly {from screen to screen|between batches}.',
      'Questions? Write to us, we answer {the same day|within a day}.',
      'Returns are free for {30|14} days.',
      'Care: {wipe with a damp cloth|keep out of direct sun|see the label inside}.',
      'We have made this model since {2017|2019|2021} and {changed very little|improved it every year}.',
      'A {good|popular} present for {a new home|somebody who has everything|birthdays}.',
    ],
  },
  de: {
    adjectives: ['Handgefertigte', 'Klassische', 'Leichte', 'Schlichte', 'Robuste', 'Moderne', 'Kompakte'],
    colours: ['anthrazit', 'sandfarben', 'waldgrün', 'nachtblau', 'terrakotta', 'cremeweiß', 'rostrot'],
    sentences: [
      'Gefertigt in {kleiner Serie|unserer Werkstatt|einem Familienbetrieb} und vor dem Versand geprüft.',
      'Versand innerhalb von {zwei|drei} Werktagen, {klimaneutral|im Karton ohne Plastik}.',
      'Rückgabe {30|14} Tage kostenlos.',
      'Fragen beantworten wir {am selben Tag|gern telefonisch}.',
      'Die Farbe kann je nach Bildschirm {leicht|etwas} abweichen.',
      'Ein {schönes|beliebtes} Geschenk {zum Einzug|zum Geburtstag}.',
    ],
  },
  es: {
    adjectives: ['artesanal', 'ligero', 'clásico', 'resistente', 'minimalista', 'moderno', 'de diseño'],
    colours: ['verde oliva', 'arena', 'azul marino', 'terracota', 'blanco roto', 'mostaza', 'gris'],
    sentences: [
      'Hecho en {pequeñas series|nuestro taller|una empresa familiar} y revisado a mano.',
      'Enviamos en {24|48} horas laborables.',
      'Devolución gratuita durante {30|14} días.',
      '{Escríbanos|Pregunte sin compromiso}: respondemos el mismo día.',
      'El color puede variar ligeramente {según la pantalla|entre lotes}.',
      'Un {buen|bonito} regalo {para estrenar casa|de cumpleaños}.',
    ],
  },
  ru: {
    adjectives: ['лёгкая модель', 'ручная работа', 'классика', 'для дома', 'подарок', 'минимализм', 'новинка'],
    colours: ['графит', 'песочный', 'тёмно-синий', 'терракота', 'молочный', 'оливковый', 'бордо'],
    sentences: [
      'Сделано {небольшими партиями|в нашей мастерской|семейной фабрикой}, проверяем каждое изделие.',
      'Отправка в течение {двух|трёх} рабочих дней.',
      'Возврат {14|30} дней без вопросов.',
      'Оттенок может {немного|слегка} отличаться на экране.',
      'Отвечаем на вопросы {в тот же день|быстро}.',
      'Хороший подарок {на новоселье|ко дню рождения}.',
    ],
  },
  zh: {
    adjectives: ['简约', '复古', '轻便', '大容量', '手工', '新款', '百搭'],
    colours: ['雾蓝', '米白', '焦糖色', '墨绿', '黑色', '酒红', '浅灰'],
    sentences: [
      '{小批量生产|自家作坊制作|厂家直发}，发货前逐件检查。',
      '{48|72}小时内发货。',
      '{七天|十五天}无理由退换。',
      '不同显示器可能有{轻微|细微}色差。',
      '有问题请{联系客服|留言}，当天回复。',
      '适合{乔迁|生日}送礼。',
    ],
  },
};
