import { defineTexts } from '../language/define-texts.ts';

/** Decisions that were prepared once. */
export const macroTexts = defineTexts({
  en: {
    macros: 'Macros',
    none: 'No macro yet. A macro is a decision prepared once: put one together, then press “Keep as macro”.',
    keep: 'Keep as macro',
    name: 'Name of the macro',
    shared: 'For everybody',
    digit: 'Digit',
    use: 'use a macro',
  },
  zh: {
    macros: '快捷决定',
    none: '还没有快捷决定。先拟好一个决定，再点“保存为快捷决定”，以后即可一键使用。',
    keep: '保存为快捷决定',
    name: '快捷决定名称',
    shared: '所有人可用',
    digit: '数字键',
    use: '使用快捷决定',
  },
  ru: {
    macros: 'Заготовки',
    none: 'Заготовок пока нет. Заготовка — это решение, собранное один раз: соберите его и нажмите «Сохранить как заготовку».',
    keep: 'Сохранить как заготовку',
    name: 'Название заготовки',
    shared: 'Для всех',
    digit: 'Цифра',
    use: 'взять заготовку',
  },
});
