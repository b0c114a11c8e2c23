-- Nothing vanishes: every staged document, report, cell and claim has one fate, and the fates add up to what was staged.
with staged as (

    select
        'document' as subject,
        load_name,
        count(*) as number
    from {{ ref('stg_delivery') }}
    group by all
    union all
    select
        'report',
        load_name,
        count(*)
    from {{ ref('stg_report') }}
    group by all
    union all
    select
        'cell',
        load_name,
        count(*)
    from {{ ref('stg_cell') }}
    group by all
    union all
    select
        'claim',
        load_name,
        count(*)
    from {{ ref('stg_claim') }}
    group by all

),

balanced as (

    select
        subject,
        load_name,
        sum(number) as number,
        sum(number) filter (where fate = 'unaccounted') as unaccounted
    from {{ ref('quality_balance') }}
    group by all

)

select
    subject,
    load_name,
    staged.number as staged,
    balanced.number as balanced,
    balanced.unaccounted
from staged
full outer join balanced using (subject, load_name)
where
    staged.number is distinct from balanced.number
    or balanced.unaccounted is not null
