-- AlterTable
ALTER TABLE "decision" ADD COLUMN     "memberAccountIds" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "decision_memberAccountIds_idx" ON "decision" USING GIN ("memberAccountIds");

-- What was decided so far binds those who stand in the cluster now, less those whom the decision let go.
UPDATE "decision" d SET "memberAccountIds" = coalesce((
  SELECT array_agg(a."id" ORDER BY a."id") FROM "account" a
  WHERE a."clusterId" = d."subjectId" AND NOT EXISTS (
    SELECT 1 FROM "case_decision" said
    WHERE said."id" = d."caseDecisionId" AND jsonb_exists(said."request" -> 'keepMemberIds', a."id"))), '{}')
WHERE d."subjectKind" = 'CLUSTER' AND d."reason" = 'CONFIRMED';
