-- What prose may state has exactly the dimensions of its indicator; a rest is the rest of a breakdown, which has a label.
select
    quantity.quantity_id,
    'dimensions differ from the indicator''s' as fault
from {{ ref('quantity') }} as quantity
inner join {{ ref('indicator') }} as indicator on quantity.indicator_id = indicator.indicator_id
where
    (quantity.applicant_type is not null) != indicator.has_applicant_type
    or (quantity.outcome is not null) != indicator.has_outcome
    or (quantity.route is not null) != indicator.has_route

union all

select
    quantity_id,
    'no indicator'
from {{ ref('quantity') }}
where indicator_id is null

union all

select
    quantity_id,
    'the rest of no breakdown'
from {{ ref('quantity') }}
where is_rest and partition is null

union all

select
    quantity.quantity_id,
    'a breakdown without a label'
from {{ ref('quantity') }} as quantity
anti join {{ ref('code') }} as code on code.codelist = 'partition' and quantity.partition = code.code
where quantity.partition is not null
