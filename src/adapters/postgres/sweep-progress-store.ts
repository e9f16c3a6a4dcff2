import { slicedPeelProgress } from '../../detectors/ring/sliced-peel.ts';
import type { SweepProgressStore } from '../../pipeline/peel-slices.ts';
import type { Database } from './database.ts';

const KEY = 'ring-sweep';

/** How far the sweep over slices of time has come, as a setting of the installation. */
export function postgresSweepProgressStore(database: Database): SweepProgressStore {
  return {
    async load() {
      const row = await database.setting.findUnique({ where: { key: KEY } });
      // Written by another version of Assay, it may have another form: the sweep then begins anew.
      return row === null ? undefined : slicedPeelProgress.safeParse(row.value).data;
    },
    async save(value, nowMs) {
      const updatedAt = new Date(nowMs);
      await database.setting.upsert({
        where: { key: KEY },
        create: { key: KEY, value, updatedAt },
        update: { value, updatedAt },
      });
    },
  };
}
