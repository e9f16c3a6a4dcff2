-- CreateTable
CREATE TABLE "seller" (
    "id" TEXT NOT NULL,
    "legalId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "isPlaceholder" BOOLEAN NOT NULL DEFAULT false,
    "standing" TEXT NOT NULL DEFAULT 'ACTIVE',
    "registeredAt" TIMESTAMPTZ NOT NULL,
    "receivedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "seller_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "listing" (
    "id" TEXT NOT NULL,
    "sellerId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "category" TEXT,
    "priceMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "publication" TEXT NOT NULL DEFAULT 'PENDING',
    "createdAt" TIMESTAMPTZ NOT NULL,
    "receivedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "listing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "listing_picture" (
    "listingId" TEXT NOT NULL,
    "listingVersion" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "sourceUrl" TEXT,
    "uploadId" TEXT,
    "contentSha256" TEXT,
    "failureCode" TEXT,
    "failureDetail" TEXT,

    CONSTRAINT "listing_picture_pkey" PRIMARY KEY ("listingId","listingVersion","position")
);

-- CreateTable
CREATE TABLE "picture" (
    "contentSha256" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "widthPx" INTEGER NOT NULL,
    "heightPx" INTEGER NOT NULL,
    "flags" TEXT[],
    "keys" BYTEA NOT NULL,
    "preview" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "picture_pkey" PRIMARY KEY ("contentSha256")
);

-- CreateTable
CREATE TABLE "picture_upload" (
    "id" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "picture_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_picture" (
    "id" TEXT NOT NULL,
    "bank" TEXT NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "ownerLabel" TEXT NOT NULL,
    "ownerListingId" TEXT,
    "ownerSellerId" TEXT,
    "ownerLegalId" TEXT,
    "rightsHolderId" TEXT,
    "markId" TEXT,
    "isAdjudicated" BOOLEAN NOT NULL DEFAULT false,
    "isEnabled" BOOLEAN NOT NULL DEFAULT true,
    "uploadedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "bank_picture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" TEXT NOT NULL,
    "listingId" TEXT NOT NULL,
    "sellerId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "orderId" TEXT,
    "version" INTEGER NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "stars" INTEGER NOT NULL,
    "authenticity" TEXT NOT NULL DEFAULT 'NORMAL',
    "quarantinedUntil" TIMESTAMPTZ,
    "isRatingStruck" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "receivedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sellerId" TEXT,
    "version" INTEGER NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "pseudonymous" JSONB NOT NULL,
    "clusterId" TEXT,
    "standing" TEXT NOT NULL DEFAULT 'ACTIVE',
    "registeredAt" TIMESTAMPTZ NOT NULL,
    "receivedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order" (
    "id" TEXT NOT NULL,
    "listingId" TEXT NOT NULL,
    "sellerId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "placedAt" TIMESTAMPTZ NOT NULL,
    "receivedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_event" (
    "orderId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "order_event_pkey" PRIMARY KEY ("orderId","id")
);

-- CreateTable
CREATE TABLE "rights_holder" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "country" TEXT,
    "state" TEXT NOT NULL DEFAULT 'ACTIVE',
    "createdAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "rights_holder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mark" (
    "id" TEXT NOT NULL,
    "rightsHolderId" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "isWithdrawn" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "mark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check" (
    "id" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "subjectVersion" INTEGER NOT NULL,
    "contentSha256" TEXT NOT NULL,
    "trigger" TEXT NOT NULL DEFAULT 'SUBMISSION',
    "state" TEXT NOT NULL DEFAULT 'QUEUED',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "outcome" TEXT,
    "rulesetDigest" TEXT,
    "decision" JSONB,
    "acceptedAt" TIMESTAMPTZ NOT NULL,
    "finishedAt" TIMESTAMPTZ,

    CONSTRAINT "check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" TEXT NOT NULL,
    "checkId" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "detector" TEXT NOT NULL,
    "detectorVersion" INTEGER NOT NULL,
    "violationType" TEXT NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "summary" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "about" TEXT NOT NULL,
    "markId" TEXT,
    "signals" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case" (
    "id" TEXT NOT NULL,
    "openKey" TEXT,
    "caseKey" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "queue" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "violationType" TEXT NOT NULL,
    "priority" DOUBLE PRECISION NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "sellerId" TEXT,
    "markId" TEXT,
    "summary" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ NOT NULL,
    "dueAt" TIMESTAMPTZ NOT NULL,
    "closedAt" TIMESTAMPTZ,
    "leaseHolder" TEXT,
    "leaseUntil" TIMESTAMPTZ,
    "fencingToken" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_item" (
    "caseId" TEXT NOT NULL,
    "checkId" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "case_item_pkey" PRIMARY KEY ("caseId","checkId")
);

-- CreateTable
CREATE TABLE "case_event" (
    "caseId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "actor" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("caseId","seq")
);

-- CreateTable
CREATE TABLE "ring" (
    "id" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "memberAccountIds" TEXT[],
    "firstAt" TIMESTAMPTZ NOT NULL,
    "lastAt" TIMESTAMPTZ NOT NULL,
    "mergedIntoId" TEXT,
    "updatedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "ring_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" TEXT NOT NULL,
    "checkId" TEXT,
    "caseId" TEXT,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "sellerId" TEXT,
    "outcome" TEXT NOT NULL,
    "actions" TEXT[],
    "violationType" TEXT,
    "automation" TEXT NOT NULL,
    "decidedBy" TEXT NOT NULL,
    "reason" TEXT,
    "note" TEXT,
    "rulesetDigest" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "decidedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_entry" (
    "id" TEXT NOT NULL,
    "legalId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectRef" TEXT NOT NULL,
    "effectiveAt" TIMESTAMPTZ NOT NULL,
    "recordedAt" TIMESTAMPTZ NOT NULL,
    "payload" JSONB NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "credit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_head" (
    "legalId" TEXT NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "lastHash" TEXT NOT NULL,
    "snapshotSeq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "credit_head_pkey" PRIMARY KEY ("legalId")
);

-- CreateTable
CREATE TABLE "credit_snapshot" (
    "sellerId" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "tier" TEXT NOT NULL,
    "tierSince" TIMESTAMPTZ NOT NULL,
    "report" JSONB NOT NULL,
    "inputsSha256" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "credit_snapshot_pkey" PRIMARY KEY ("sellerId")
);

-- CreateTable
CREATE TABLE "outbox_message" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "delayMs" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "claimedUntil" TIMESTAMPTZ,

    CONSTRAINT "outbox_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "seq" BIGSERIAL NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "time" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "apiKeyId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestSha256" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "expiresAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("apiKeyId","key")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "keySha256" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ NOT NULL,
    "lastUsedAt" TIMESTAMPTZ,
    "revokedAt" TIMESTAMPTZ,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "tokenSha256" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdAt" TIMESTAMPTZ NOT NULL,
    "lastSeenAt" TIMESTAMPTZ NOT NULL,
    "expiresAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("tokenSha256")
);

-- CreateTable
CREATE TABLE "ruleset" (
    "digest" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ NOT NULL,
    "publishedAt" TIMESTAMPTZ,

    CONSTRAINT "ruleset_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "change_feed" (
    "seq" BIGSERIAL NOT NULL,
    "xid" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,

    CONSTRAINT "change_feed_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "seller_legalId_idx" ON "seller"("legalId");

-- CreateIndex
CREATE INDEX "listing_sellerId_idx" ON "listing"("sellerId");

-- CreateIndex
CREATE INDEX "listing_category_currency_idx" ON "listing"("category", "currency");

-- CreateIndex
CREATE INDEX "listing_picture_contentSha256_idx" ON "listing_picture"("contentSha256");

-- CreateIndex
CREATE INDEX "listing_picture_uploadId_idx" ON "listing_picture"("uploadId");

-- CreateIndex
CREATE INDEX "picture_upload_createdAt_idx" ON "picture_upload"("createdAt");

-- CreateIndex
CREATE INDEX "bank_picture_bank_idx" ON "bank_picture"("bank");

-- CreateIndex
CREATE INDEX "bank_picture_contentSha256_idx" ON "bank_picture"("contentSha256");

-- CreateIndex
CREATE INDEX "bank_picture_ownerListingId_idx" ON "bank_picture"("ownerListingId");

-- CreateIndex
CREATE INDEX "review_listingId_idx" ON "review"("listingId");

-- CreateIndex
CREATE INDEX "review_sellerId_createdAt_idx" ON "review"("sellerId", "createdAt");

-- CreateIndex
CREATE INDEX "review_accountId_idx" ON "review"("accountId");

-- CreateIndex
CREATE INDEX "review_createdAt_idx" ON "review"("createdAt");

-- CreateIndex
CREATE INDEX "review_quarantinedUntil_idx" ON "review"("quarantinedUntil");

-- CreateIndex
CREATE INDEX "review_orderId_idx" ON "review"("orderId");

-- CreateIndex
CREATE INDEX "account_sellerId_idx" ON "account"("sellerId");

-- CreateIndex
CREATE INDEX "account_clusterId_idx" ON "account"("clusterId");

-- CreateIndex
CREATE INDEX "order_sellerId_placedAt_idx" ON "order"("sellerId", "placedAt");

-- CreateIndex
CREATE INDEX "order_accountId_idx" ON "order"("accountId");

-- CreateIndex
CREATE INDEX "check_state_idx" ON "check"("state");

-- CreateIndex
CREATE INDEX "check_subjectKind_subjectId_acceptedAt_idx" ON "check"("subjectKind", "subjectId", "acceptedAt");

-- CreateIndex
CREATE INDEX "check_acceptedAt_id_idx" ON "check"("acceptedAt", "id");

-- CreateIndex
CREATE INDEX "check_outcome_finishedAt_idx" ON "check"("outcome", "finishedAt");

-- CreateIndex
CREATE UNIQUE INDEX "check_subjectKind_subjectId_subjectVersion_trigger_key" ON "check"("subjectKind", "subjectId", "subjectVersion", "trigger");

-- CreateIndex
CREATE INDEX "finding_subjectKind_subjectId_idx" ON "finding"("subjectKind", "subjectId");

-- CreateIndex
CREATE INDEX "finding_violationType_createdAt_idx" ON "finding"("violationType", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "finding_checkId_detector_violationType_about_key" ON "finding"("checkId", "detector", "violationType", "about");

-- CreateIndex
CREATE UNIQUE INDEX "case_openKey_key" ON "case"("openKey");

-- CreateIndex
CREATE INDEX "case_state_queue_priority_idx" ON "case"("state", "queue", "priority");

-- CreateIndex
CREATE INDEX "case_sellerId_idx" ON "case"("sellerId");

-- CreateIndex
CREATE INDEX "case_caseKey_idx" ON "case"("caseKey");

-- CreateIndex
CREATE INDEX "case_item_checkId_idx" ON "case_item"("checkId");

-- CreateIndex
CREATE INDEX "ring_memberAccountIds_idx" ON "ring" USING GIN ("memberAccountIds");

-- CreateIndex
CREATE INDEX "decision_subjectKind_subjectId_idx" ON "decision"("subjectKind", "subjectId");

-- CreateIndex
CREATE INDEX "decision_caseId_idx" ON "decision"("caseId");

-- CreateIndex
CREATE INDEX "decision_sellerId_decidedAt_idx" ON "decision"("sellerId", "decidedAt");

-- CreateIndex
CREATE INDEX "credit_entry_subjectRef_idx" ON "credit_entry"("subjectRef");

-- CreateIndex
CREATE UNIQUE INDEX "credit_entry_legalId_seq_key" ON "credit_entry"("legalId", "seq");

-- CreateIndex
CREATE INDEX "credit_snapshot_tier_idx" ON "credit_snapshot"("tier");

-- CreateIndex
CREATE UNIQUE INDEX "event_id_key" ON "event"("id");

-- CreateIndex
CREATE INDEX "event_xid_seq_idx" ON "event"("xid", "seq");

-- CreateIndex
CREATE INDEX "event_type_seq_idx" ON "event"("type", "seq");

-- CreateIndex
CREATE INDEX "idempotency_record_expiresAt_idx" ON "idempotency_record"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_prefix_key" ON "api_key"("prefix");

-- CreateIndex
CREATE INDEX "session_expiresAt_idx" ON "session"("expiresAt");

-- CreateIndex
CREATE INDEX "ruleset_state_idx" ON "ruleset"("state");

-- CreateIndex
CREATE INDEX "change_feed_xid_idx" ON "change_feed"("xid");

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_sellerId_fkey" FOREIGN KEY ("sellerId") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing_picture" ADD CONSTRAINT "listing_picture_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing_picture" ADD CONSTRAINT "listing_picture_contentSha256_fkey" FOREIGN KEY ("contentSha256") REFERENCES "picture"("contentSha256") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bank_picture" ADD CONSTRAINT "bank_picture_contentSha256_fkey" FOREIGN KEY ("contentSha256") REFERENCES "picture"("contentSha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_event" ADD CONSTRAINT "order_event_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mark" ADD CONSTRAINT "mark_rightsHolderId_fkey" FOREIGN KEY ("rightsHolderId") REFERENCES "rights_holder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_checkId_fkey" FOREIGN KEY ("checkId") REFERENCES "check"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_item" ADD CONSTRAINT "case_item_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_item" ADD CONSTRAINT "case_item_checkId_fkey" FOREIGN KEY ("checkId") REFERENCES "check"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;
