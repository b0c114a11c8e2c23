-- Every id that a result names is a claim or a cell of its report.
with named as (

    select
        report_id,
        identity_id,
        unnest(string_split(concat_ws(' ', left_ids, right_ids), ' ')) as id
    from {{ ref('quality_soft_result') }}

),

figure as (

    select
        report_id,
        claim_id as id
    from {{ ref('provenance_claim') }}
    union all
    select
        report_id,
        cell_id
    from {{ ref('provenance_cell') }}

)

select
    named.report_id,
    named.identity_id,
    named.id
from named
anti join figure
    on
        named.report_id = figure.report_id
        and named.id = figure.id
where named.id != ''
