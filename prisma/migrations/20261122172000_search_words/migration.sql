-- Words of what people look for. The expressions are those of src/adapters/postgres/search-store.ts, letter for letter.
CREATE INDEX "case_words" ON "case" USING gin (to_tsvector('simple', summary));
CREATE INDEX "listing_words" ON listing USING gin (to_tsvector('simple', title));
CREATE INDEX "seller_words" ON seller USING gin (to_tsvector('simple', (payload->>'storeName')));
CREATE INDEX "review_words" ON review USING gin (to_tsvector('simple', (payload->>'text')));
CREATE INDEX "mark_words" ON mark USING gin (to_tsvector('simple', (payload->'wordMarkSpecification'->>'markVerbalElementText')));
