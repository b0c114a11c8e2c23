-- The divisions an organ without one may belong to.
with unresolved as (

    select * from {{ ref('int_organ_division') }}
    where division_code is null and division_basis in ('ambiguous', 'code_conflict')

)

select
    unresolved.organ_key,
    unresolved.year,
    candidate.division_code,
    candidate.candidate_reason
from unresolved
inner join {{ ref('int_organ_candidate') }} as candidate
    on unresolved.organ_name = candidate.organ_name and unresolved.year = candidate.year
union
select
    organ_key,
    year,
    printed_code as division_code,
    'printed_code' as candidate_reason
from unresolved
where division_basis = 'code_conflict'
