-- Trust counts the equalities over a cell as independent: then no two of them may share a second cell.
with term as (

    select
        form,
        identity_id || '/' || instance_key as equality,
        slot_id
    from {{ ref('codebook_identity_term') }}
    where operator = '='

)

select
    one.form,
    one.equality,
    other.equality as other_equality,
    count(*) as shared_cells
from term as one
inner join term as other
    on
        one.form = other.form
        and one.slot_id = other.slot_id
        and one.equality < other.equality
group by all
having count(*) > 1
