-- Every metric is computed from declared terms with a declared grade, or says why it is not.
select
    metric_id,
    'terms without a grade, or a grade without terms' as fault
from (
    select distinct
        metric_id,
        form
    from {{ ref('metric_term') }}
) as term
full join {{ ref('metric_form') }} as graded using (metric_id, form)
where term.form is null or graded.form is null

union all

select
    metric_id,
    'neither computed nor said why not' as fault
from {{ ref('metric') }}
where
    (computed_in is null) = (not_computed_zh is null)
    or (computed_in is null) = (not_computed_en is null)

union all

select
    metric.metric_id,
    'no terms' as fault
from {{ ref('metric') }} as metric
anti join {{ ref('metric_form') }} as graded on metric.metric_id = graded.metric_id
where metric.computed_in = 'marts.metric' and metric.metric_id != 'coherence_rate'
