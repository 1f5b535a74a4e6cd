-- Results of contract-scan batch, one file. Open it with any SQLite tool; change nothing.
-- Numbers that are money or rates are text, exactly as the report has them; CAST(rate AS REAL) compares them.
-- Schema 1. A later version gets a new number in meta('schema'); an older program then refuses to write.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The files of the last run. Files with one key have the same bytes. No key: the bytes could not be read at all.
CREATE TABLE file (
  path    TEXT PRIMARY KEY,
  key     TEXT NOT NULL,
  failure TEXT NOT NULL               -- why the bytes could not be read, and what to do
) WITHOUT ROWID;
CREATE INDEX file_key ON file (key);

-- One row for each content, rules, program version and options (the key is a hash of these).
CREATE TABLE scan (
  key TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,               -- of the file's bytes
  run INTEGER NOT NULL,               -- the run that made it; meta('run') is the last one
  failure_kind TEXT NOT NULL,         -- '' where there is a report
  failure TEXT NOT NULL,              -- what happened and what to do next
  name TEXT, title TEXT,
  level TEXT,                         -- stop, negotiate, notice, nothing_found, undetermined
  reason TEXT,                        -- why this level
  kind TEXT, lender TEXT, lender_type TEXT, borrower_type TEXT, jurisdiction TEXT,
  signed_on TEXT, as_of TEXT,
  principal TEXT, received TEXT, total_paid TEXT, total_cost TEXT,  -- CNY
  rate TEXT, rate_low TEXT, rate_high TEXT, compound TEXT, stated TEXT,  -- per cent a year; rate is simple interest
  no_cost TEXT,                       -- why there is no rate
  pages INTEGER, characters INTEGER, unread INTEGER,
  rules_sha256 TEXT, tool TEXT,
  sketch TEXT,                        -- for templates, see contract_scan/sketch.py
  report TEXT,                        -- the whole JSON report; NULL after --purge
  source TEXT                         -- the text that was read; NULL after --purge
) WITHOUT ROWID;

CREATE TABLE finding (
  key TEXT NOT NULL, number INTEGER NOT NULL,
  rule TEXT NOT NULL, category TEXT, title TEXT, severity TEXT, effect TEXT, effect_text TEXT, confidence TEXT,
  message TEXT, ask TEXT, fingerprint TEXT NOT NULL,
  PRIMARY KEY (key, number)
) WITHOUT ROWID;
CREATE INDEX finding_rule ON finding (rule);

-- The contract's words for a finding. start and "end" count code points of scan.source. quote is NULL after --purge.
CREATE TABLE place (
  key TEXT NOT NULL, finding INTEGER NOT NULL, number INTEGER NOT NULL,
  quote TEXT, clause TEXT, page INTEGER, start INTEGER, "end" INTEGER,
  PRIMARY KEY (key, finding, number)
) WITHOUT ROWID;

-- What the contract states. quote is NULL after --purge.
CREATE TABLE fact (
  key TEXT NOT NULL, number INTEGER NOT NULL,
  kind TEXT, role TEXT, value TEXT, unit TEXT, per TEXT, base TEXT, timing TEXT, payee TEXT, derived INTEGER, quote TEXT,
  PRIMARY KEY (key, number)
) WITHOUT ROWID;

-- Lines in law that the yearly rate can cross: standing is above, near, below or open.
CREATE TABLE line (
  key TEXT NOT NULL, number INTEGER NOT NULL,
  id TEXT, title TEXT, value TEXT, standing TEXT, binds TEXT,
  PRIMARY KEY (key, number)
) WITHOUT ROWID;

-- Rules that gave no verdict: verdict is undetermined or not_applicable, always with the reason.
CREATE TABLE unjudged (
  key TEXT NOT NULL, rule TEXT NOT NULL, verdict TEXT NOT NULL, title TEXT, reason TEXT,
  PRIMARY KEY (key, rule)
) WITHOUT ROWID;

-- What a person has looked at: outlives new rules, because it names the content and the finding's fingerprint.
CREATE TABLE confirmed (
  sha256 TEXT NOT NULL, rule TEXT NOT NULL, fingerprint TEXT NOT NULL,
  who TEXT NOT NULL, "on" TEXT NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (sha256, rule, fingerprint)
) WITHOUT ROWID;

-- Full-text index over jieba's words; emptied by --purge.
CREATE VIRTUAL TABLE words USING fts5 (key UNINDEXED, text);
