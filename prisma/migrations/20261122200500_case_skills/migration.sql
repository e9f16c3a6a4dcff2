-- AlterTable
ALTER TABLE "case" ADD COLUMN     "neededSkills" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Lists of cases that wait are read in the order of their work, a page from anywhere in it. The states are WAITING_STATES
-- of src/pipeline/queries.ts.
CREATE INDEX "case_waiting" ON "case" (priority DESC, "openedAt", id)
WHERE state IN ('OPEN', 'TRIAGED', 'QUEUED', 'CLAIMED', 'AWAITING_INFO', 'ESCALATED', 'PROPOSED', 'SECOND_REVIEW', 'ADJUDICATION');
CREATE INDEX "case_waiting_in_queue" ON "case" (queue, priority DESC, "openedAt", id)
WHERE state IN ('OPEN', 'TRIAGED', 'QUEUED', 'CLAIMED', 'AWAITING_INFO', 'ESCALATED', 'PROPOSED', 'SECOND_REVIEW', 'ADJUDICATION');
