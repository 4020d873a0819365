-- One row is: one input record that could not be loaded, and why, without its bytes.
CREATE OR REPLACE VIEW mart.rejects AS
SELECT
    reject.reject_id,
    reject.run_id,
    reject.uri,
    reject.locator,
    reject.stage,
    reject.reason_code,
    reject.message,
    reject.attempts,
    reject.first_seen_at,
    reject.last_seen_at,
    run.load_date AS last_seen_date,
    reject.resolved_run_id IS NOT NULL AS is_resolved,
    reject.resolved_run_id
FROM ops.rejects AS reject
JOIN ops.runs AS run ON run.run_id = reject.run_id;

COMMENT ON VIEW mart.rejects IS 'One input record that could not be loaded, and why, without its bytes.';
COMMENT ON COLUMN mart.rejects.reject_id IS 'Key of the reject.';
COMMENT ON COLUMN mart.rejects.run_id IS 'Run that met it last.';
COMMENT ON COLUMN mart.rejects.uri IS 'File or URL it came from.';
COMMENT ON COLUMN mart.rejects.locator IS 'Steps inside the file; empty for all of it.';
COMMENT ON COLUMN mart.rejects.stage IS 'extract, transform or load.';
COMMENT ON COLUMN mart.rejects.reason_code IS 'Why, as a word to count by.';
COMMENT ON COLUMN mart.rejects.message IS 'Why, as a sentence with the mend.';
COMMENT ON COLUMN mart.rejects.attempts IS 'How many runs met it.';
COMMENT ON COLUMN mart.rejects.first_seen_at IS 'When it was first met.';
COMMENT ON COLUMN mart.rejects.last_seen_at IS 'When it was last met.';
COMMENT ON COLUMN mart.rejects.last_seen_date IS 'Day of the run that met it last, in the zone MUSNAD_TIMEZONE names.';
COMMENT ON COLUMN mart.rejects.is_resolved IS 'True once a run loaded the place.';
COMMENT ON COLUMN mart.rejects.resolved_run_id IS 'Run that loaded the place at last.';
