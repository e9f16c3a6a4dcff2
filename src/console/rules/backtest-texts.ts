import type { BacktestView } from '../../domain/views/rules-view.ts';
import { defineTexts, enCount, ruCount, zhCount } from '../language/define-texts.ts';

/** What was looked at again, its files and detectors as lists in words. */
type LookedAgain = Omit<NonNullable<BacktestView['reanalysis']>, 'files' | 'detectors'> & {
  readonly files: string;
  readonly detectors: string;
};

/** A version of the rules tried on stored checks. */
export const backtestTexts = defineTexts({
  en: {
    backtest: 'Tried on stored checks',
    notTried:
      'Not tried yet. Stored findings are decided once more; items are analysed again only where a setting of a detector differs.',
    lookingAgain: (done: number, total: number) => `The detectors look again: ${done} of at most ${total} items.`,
    lookedAgain: (told: LookedAgain) =>
      `${told.files} differ, so ${told.detectors} looked again at ${told.lookedAt} of ${told.concerned} checks, by either version; ${told.changed} have other findings.`,
    run: 'Try it on the last eight weeks',
    running: 'Trying …',
    took: (checks: number, seconds: string) => `${enCount(checks, 'check', 'checks')}, ${seconds} s`,
    moved: (moved: number, sellers: number) =>
      `${enCount(moved, 'decision moves', 'decisions move')}, ${enCount(sellers, 'seller is', 'sellers are')} affected.`,
    reviewLoad: 'Cases for people',
    recall: 'Found among those confirmed',
    count: 'Decisions',
    example: 'Examples',
  },
  zh: {
    backtest: '用已存的检查试算',
    notTried: '尚未试算。对已存的发现重新裁定；只有检测器设置不同时才重新分析内容。',
    lookingAgain: (done, total) => `检测器正在重新查看：${done} / 最多 ${total} 项。`,
    lookedAgain: (told) =>
      `${told.files} 有变动，${told.detectors} 按两个版本重新查看了 ${told.concerned} 次检查中的 ${told.lookedAt} 次，${told.changed} 次的发现不同。`,
    run: '用最近八周试算',
    running: '正在试算……',
    took: (checks, seconds) => `${zhCount(checks, '次检查')}，${seconds} 秒`,
    moved: (moved, sellers) => `${zhCount(moved, '个裁定会改变')}，影响 ${zhCount(sellers, '个卖家')}。`,
    reviewLoad: '需人工处理的案件',
    recall: '已确认中的发现率',
    count: '裁定数',
    example: '示例',
  },
  ru: {
    backtest: 'Испытание на сохранённых проверках',
    notTried:
      'Ещё не проверено. Сохранённые находки решаются заново; материалы анализируются заново, только если изменены настройки детектора.',
    lookingAgain: (done, total) => `Детекторы смотрят заново: ${done} из не более чем ${total}.`,
    lookedAgain: (told) =>
      `Изменены ${told.files}: ${told.detectors} по обеим версиям заново посмотрели ${told.lookedAt} из ${told.concerned} проверок, иные находки у ${told.changed}.`,
    run: 'Испытать на последних восьми неделях',
    running: 'Испытание …',
    took: (checks, seconds) => `${ruCount(checks, 'проверка', 'проверки', 'проверок')}, ${seconds} с`,
    moved: (moved, sellers) =>
      `${ruCount(moved, 'решение изменится', 'решения изменятся', 'решений изменится')}, ${ruCount(sellers, 'продавец затронут', 'продавца затронуты', 'продавцов затронуто')}.`,
    reviewLoad: 'Дела для людей',
    recall: 'Найденных среди подтверждённых',
    count: 'Решений',
    example: 'Примеры',
  },
});
