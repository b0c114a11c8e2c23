-- Harmonised figures of a report beside those it prints: what its form prints itself needs no derivation.
select
    harmonised.report_id || '/' || harmonised.indicator_id || coalesce('/' || harmonised.applicant_type, '') as figure_id,
    harmonised.report_id,
    harmonised.indicator_id,
    harmonised.applicant_type,
    -- A sum with a blank that printed totals force to a value is implied, not printed.
    case when harmonised.implied_parts = 0 then harmonised.value end as value,
    case when harmonised.implied_parts > 0 then harmonised.value end as implied_value,
    case
        when harmonised.value is null then 'incomplete'
        when harmonised.implied_parts > 0 then 'blank'
        when harmonised.value = 0 then 'explicit_zero'
        else 'reported'
    end as value_status,
    harmonised.unit_code,
    harmonised.match_type
from {{ ref('marts_harmonised') }} as harmonised
anti join {{ ref('marts_observation') }} as printed
    on
        harmonised.report_id = printed.report_id
        and harmonised.indicator_id = printed.indicator_id
        and harmonised.applicant_type is not distinct from printed.applicant_type
        and printed.is_preferred
        and printed.period = 'annual'
        and printed.source = case printed.form when 'prose' then 'claim' else 'table' end
