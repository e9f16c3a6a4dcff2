-- CreateIndex
CREATE INDEX "check_acceptedAt_id_idx" ON "check"("acceptedAt", "id");
