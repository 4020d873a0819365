-- One row is: one run of the load: how fresh the warehouse is and what became of each record.
CREATE OR REPLACE VIEW mart.etl_run AS
SELECT
    run.run_id,
    run.flow_run_id::text AS flow_run_id,
    run.load_date,
    run.started_at,
    run.finished_at,
    round(extract(epoch FROM run.finished_at - run.started_at), 1) AS duration_seconds,
    round(extract(epoch FROM now() - run.finished_at) / 3600, 1) AS hours_since_finished,
    run.run_id = (SELECT max(latest.run_id) FROM ops.runs AS latest
        WHERE latest.state = 'completed') AS is_latest_completed,
    run.state,
    run.message,
    run.ruleset_version,
    run.n_read,
    run.n_loaded,
    run.n_unchanged,
    run.n_duplicate,
    run.n_rejected,
    run.n_skipped_files
FROM ops.runs AS run;

COMMENT ON VIEW mart.etl_run IS 'One run of the load: how fresh the warehouse is and what became of each record.';
COMMENT ON COLUMN mart.etl_run.run_id IS 'Key of the run.';
COMMENT ON COLUMN mart.etl_run.flow_run_id IS 'Prefect''s id of the flow run.';
COMMENT ON COLUMN mart.etl_run.load_date IS 'Day the run began, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.etl_run.started_at IS 'When the run began.';
COMMENT ON COLUMN mart.etl_run.finished_at IS 'When it ended; null while it runs.';
COMMENT ON COLUMN mart.etl_run.duration_seconds IS 'How long it took, in seconds.';
COMMENT ON COLUMN mart.etl_run.hours_since_finished IS 'Hours from its end to now: the age of what it loaded.';
COMMENT ON COLUMN mart.etl_run.is_latest_completed IS 'True for the newest run that completed.';
COMMENT ON COLUMN mart.etl_run.state IS 'running, completed, failed, cancelled or crashed.';
COMMENT ON COLUMN mart.etl_run.message IS 'Why it did not complete, in one sentence.';
COMMENT ON COLUMN mart.etl_run.ruleset_version IS 'Rules and reference data the run used.';
COMMENT ON COLUMN mart.etl_run.n_read IS 'Records read: the sum of the four counts that follow.';
COMMENT ON COLUMN mart.etl_run.n_loaded IS 'Records with new content.';
COMMENT ON COLUMN mart.etl_run.n_unchanged IS 'Records known at the same place or URL, with the same text.';
COMMENT ON COLUMN mart.etl_run.n_duplicate IS 'Records whose content is known from another place.';
COMMENT ON COLUMN mart.etl_run.n_rejected IS 'Records that could not be loaded; mart.rejects says why.';
COMMENT ON COLUMN mart.etl_run.n_skipped_files IS 'Files of the inbox left unread because they are known.';
