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

-- CreateIndex
CREATE INDEX "session_expiresAt_idx" ON "session"("expiresAt");
