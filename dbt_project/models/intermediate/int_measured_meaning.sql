-- The meanings of which series are: those of a whole year, each with the number of its measure.
select
    meaning.*,
    measure.measure_no
from {{ ref('int_meaning') }} as meaning
inner join {{ ref('int_series_measure') }} as measure
    on
        meaning.indicator_id = measure.measure_id
        and meaning.applicant_type is not distinct from measure.applicant_type
        and meaning.outcome is not distinct from measure.outcome
        and meaning.route is not distinct from measure.route
where meaning.period = 'annual'
