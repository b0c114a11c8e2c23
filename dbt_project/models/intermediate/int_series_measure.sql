-- What series are of: each indicator with the members of its dimensions that occur, and each metric. The number stands for
-- it where all points are compared.
with measure as (

    select distinct
        figure.indicator_id as measure_id,
        indicator.name_zh as measure_zh,
        indicator.name_en as measure_en,
        indicator.topic,
        figure.applicant_type,
        figure.outcome,
        figure.route
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('indicator') }} as indicator on figure.indicator_id = indicator.indicator_id

    union all by name

    select
        metric_id as measure_id,
        name_zh as measure_zh,
        name_en as measure_en
    from {{ ref('metric') }}

)

select
    cast(row_number() over (order by measure_id, applicant_type, outcome, route) as integer) as measure_no,
    *
from measure
