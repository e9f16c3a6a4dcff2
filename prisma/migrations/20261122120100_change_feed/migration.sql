-- What the in-memory indexes follow: one row for each changed entity, with the transaction that changed it.
CREATE FUNCTION assay_feed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO change_feed (xid, topic, "entityId")
    SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, changed.id FROM changed;
  RETURN NULL;
END $$;

CREATE FUNCTION assay_feed_ruleset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO change_feed (xid, topic, "entityId")
    SELECT pg_current_xact_id()::text::bigint, 'ruleset', changed.digest FROM changed;
  RETURN NULL;
END $$;

CREATE TRIGGER mark_fed_insert AFTER INSERT ON mark REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER mark_fed_update AFTER UPDATE ON mark REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER mark_fed_delete AFTER DELETE ON mark REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();

CREATE TRIGGER bank_picture_fed_insert AFTER INSERT ON bank_picture REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER bank_picture_fed_update AFTER UPDATE ON bank_picture REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER bank_picture_fed_delete AFTER DELETE ON bank_picture REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();

CREATE TRIGGER review_fed_insert AFTER INSERT ON review REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER review_fed_update AFTER UPDATE ON review REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER review_fed_delete AFTER DELETE ON review REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();

CREATE TRIGGER account_fed_insert AFTER INSERT ON account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER account_fed_update AFTER UPDATE ON account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();
CREATE TRIGGER account_fed_delete AFTER DELETE ON account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed();

CREATE TRIGGER ruleset_fed_insert AFTER INSERT ON ruleset REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed_ruleset();
CREATE TRIGGER ruleset_fed_update AFTER UPDATE ON ruleset REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION assay_feed_ruleset();

-- The ledger is append-only: an entry is corrected by another entry, never by a change.
CREATE FUNCTION assay_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER credit_entry_append_only BEFORE UPDATE OR DELETE ON credit_entry FOR EACH ROW EXECUTE FUNCTION assay_refuse_change();
