-- One report becomes rows. :key, :report (JSON) and the columns beside it come from contract_scan/batch/store.py.
INSERT INTO scan
SELECT :key, :sha256, :run, '', '', :name, :title,
  r ->> '$.summary.level', r ->> '$.summary.reason',
  r ->> '$.contract.kind',
  (SELECT group_concat(name, '、') FROM (
     SELECT DISTINCT value ->> '$.name' AS name FROM json_each(r, '$.contract.parties')
     WHERE value ->> '$.role' = 'lender' AND value ->> '$.name' <> '')),
  r ->> '$.contract.lender_type', r ->> '$.contract.borrower_type', r ->> '$.contract.jurisdiction',
  r ->> '$.contract.signed_on', r ->> '$.contract.as_of',
  (SELECT value ->> '$.value' FROM json_each(r, '$.facts')
   WHERE value ->> '$.kind' = 'amount' AND value ->> '$.role' = 'principal' AND value ->> '$.value' IS NOT NULL LIMIT 1),
  r ->> '$.cost.received', r ->> '$.cost.total_paid', r ->> '$.cost.total_cost',
  r ->> '$.cost.simple', r ->> '$.cost.low', r ->> '$.cost.high', r ->> '$.cost.compound', r ->> '$.cost.stated',
  coalesce(nullif(r ->> '$.cost.reason', ''),
    (SELECT group_concat(value, '') FROM json_each(r, '$.cost.needed')), ''),
  r ->> '$.coverage.pages', r ->> '$.coverage.characters', json_array_length(r, '$.coverage.unread'),
  r ->> '$.tool.rules_sha256', r ->> '$.tool.version',
  :sketch, :report, :source
FROM (SELECT :report AS r);

INSERT INTO finding
SELECT :key, key, value ->> '$.rule', value ->> '$.category', value ->> '$.title', value ->> '$.severity',
  value ->> '$.effect', value ->> '$.effect_text', value ->> '$.confidence', value ->> '$.message', value ->> '$.ask',
  value ->> '$.fingerprint'
FROM json_each(:report, '$.findings');

INSERT INTO place
SELECT :key, f.key, e.key, e.value ->> '$.quote', e.value ->> '$.clause', e.value ->> '$.page',
  e.value ->> '$.start', e.value ->> '$.end'
FROM json_each(:report, '$.findings') AS f, json_each(f.value, '$.evidence') AS e;

INSERT INTO fact
SELECT :key, key, value ->> '$.kind', value ->> '$.role', value ->> '$.value', value ->> '$.unit', value ->> '$.per',
  value ->> '$.base', value ->> '$.timing', value ->> '$.payee', value ->> '$.derived', value ->> '$.evidence[0].quote'
FROM json_each(:report, '$.facts');

INSERT INTO line
SELECT :key, key, value ->> '$.id', value ->> '$.title', value ->> '$.value', value ->> '$.standing',
  value ->> '$.binds'
FROM json_each(:report, '$.cost.lines');

INSERT INTO unjudged
SELECT :key, value ->> '$.rule', 'undetermined', value ->> '$.title', value ->> '$.reason'
FROM json_each(:report, '$.undetermined')
UNION ALL
SELECT :key, value ->> '$.rule', 'not_applicable', value ->> '$.title', value ->> '$.reason'
FROM json_each(:report, '$.not_applicable');
