{{ config(materialized='view') }}

-- Every point of a series beside the one before it. Grain: a point.
select
    figure.*,
    step.previous
from {{ ref('int_series_figure') }} as figure
left join {{ ref('int_series_step') }} as step
    on
        figure.report_no = step.report_no
        and figure.measure_no = step.measure_no
