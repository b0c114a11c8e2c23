-- How well the slots of each form are protected before any number is read: by how many equalities a wrong number in a slot would
-- be noticed. Inequalities count apart, as they notice only some. Grain: a form and a table.
with protection as (

    select
        slot.form,
        slot.table_id,
        slot.slot_id,
        count(*) filter (where term.operator = '=') as equalities,
        count(*) filter (where term.operator != '=') as inequalities
    from {{ ref('slot') }} as slot
    left join {{ ref('codebook_identity_term') }} as term on slot.slot_id = term.slot_id
    group by slot.form, slot.table_id, slot.slot_id

)

select
    form,
    table_id,
    count(*)::integer as slots,
    (count(*) filter (where equalities = 0 and inequalities = 0))::integer as slots_unprotected,
    (count(*) filter (where equalities = 0 and inequalities > 0))::integer as slots_bounded,
    (count(*) filter (where equalities = 1))::integer as slots_one_equality,
    (count(*) filter (where equalities = 2))::integer as slots_two_equalities,
    (count(*) filter (where equalities > 2))::integer as slots_more_equalities,
    round(count(*) filter (where equalities > 0) / count(*), 4)::double as share_protected
from protection
group by form, table_id
