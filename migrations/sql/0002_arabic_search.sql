-- Frozen. Arabic full text: one folding for texts and questions, so that a spelling finds its sister spellings.
--
-- Costs of a text of 2,000 characters on one core: folding 0.12 ms, to_tsvector 0.25 ms. A regular expression that
-- matches little costs 0.01 ms; each letter in a list of translate() 0.007 ms, hence the lists of rare letters behind
-- a test. The stemmer joins more by itself (final hamza apart), so folding only does what it leaves open.

CREATE FUNCTION news.fold_arabic(original text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $function$
DECLARE
    -- Ten million characters: the longest that no step below can swell over the server's 1 GB for a value.
    folded text := left(original, 10000000);
BEGIN
    IF folded ~ '[\uFB50-\uFDFF\uFE70-\uFEFC]' THEN  -- presentation forms and ligatures
        folded := left(normalize(folded, NFKC), 10000000);
    END IF;
    -- tashkeel, Quranic marks, tatweel, bidi and zero-width marks, soft hyphen, variation selectors
    folded := regexp_replace(
        folded,
        '[\u0640\u064B-\u065F\u0610-\u061A\u061C\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED'
        '\u08D3-\u08FF\u00AD\u0300-\u036F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFE00-\uFE0F\uFE20-\uFE2F\uFEFF]+',
        '', 'g');
    -- Persian and Urdu letters, Arabic-Indic digits, decimal and thousands signs
    IF folded ~ '[\u0671-\u0673\u06CC\u06D0\u06D2\u06C0\u06C1\u06BE\u06D5\u06A9\u06AA\u0660-\u0669\u06F0-\u06F9\u066B\u066C]'
    THEN
        folded := translate(
            folded,
            'ٱٲٳیېےۀہھەکڪ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬',
            'ااايييههههكك01234567890123456789.,');
    END IF;
    folded := translate(folded, 'أإآؤئىة', 'اااوييه');
    -- A server whose locale is C takes every character beyond ASCII for a letter and would glue these to the word.
    RETURN regexp_replace(folded, '[\u060C\u061B\u061F\u06D4\u066A\u00AB\u00BB\u2010-\u201F\u2026\u2039\u203A\u00A0]+', ' ', 'g');
END
$function$;
COMMENT ON FUNCTION news.fold_arabic(text) IS
    'Folds spellings that Arabic writers mix: hamza, alef, ya, ta marbuta, vowel marks, tatweel, digits.';

CREATE FUNCTION news.search_vector(title text, body text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED
AS $function$
DECLARE
    heading tsvector := setweight(
        to_tsvector('pg_catalog.arabic'::regconfig, news.fold_arabic(left(coalesce(title, ''), 2000))), 'A');
    folded text := news.fold_arabic(coalesce(body, ''));
    fits integer := 0;  -- characters known to fit
    tried integer := length(folded);
    step integer;
    vector tsvector;
    longest tsvector := heading;
BEGIN
    -- 200,000 bytes cannot overflow: no text makes 5 times its own length. So ordinary texts need no subtransaction.
    IF octet_length(folded) <= 200000 THEN
        RETURN heading || to_tsvector('pg_catalog.arabic'::regconfig, folded);
    END IF;
    step := tried;
    LOOP  -- halve until it fits, then close in on the limit to within 2 per cent
        step := step / 2;
        BEGIN
            vector := heading || to_tsvector('pg_catalog.arabic'::regconfig, left(folded, tried));
            longest := vector;
            fits := tried;
            EXIT WHEN tried = length(folded);
            tried := tried + step;
        EXCEPTION WHEN program_limit_exceeded THEN  -- a tsvector holds 1,048,575 bytes
            tried := CASE WHEN fits = 0 THEN step ELSE tried - step END;
        END;
        EXIT WHEN step <= fits / 50 OR step = 0;
    END LOOP;
    RETURN longest;
END
$function$;
COMMENT ON FUNCTION news.search_vector(text, text) IS
    'Arabic full text of an article, title weighted A; holds as much of the body as a tsvector can.';

CREATE FUNCTION news.search_query(query text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN websearch_to_tsquery('pg_catalog.arabic'::regconfig, news.fold_arabic(translate(query, '«»“”„', '"""""')));
COMMENT ON FUNCTION news.search_query(text) IS
    'What to match news.articles.search against: words, "phrases", or, -without; folded as the texts are.';
