-- A rate stands only where its denominator has the least number of cases, and where it does not, the reason does.
select
    rate.report_id,
    rate.metric_id,
    rate.denominator
from {{ ref('marts_metric') }} as rate
inner join {{ ref('metric') }} as metric on rate.metric_id = metric.metric_id
where
    (rate.value is not null and (rate.denominator < metric.least_cases or rate.denominator = 0))
    or (rate.value is null) != (rate.suppressed is not null)
