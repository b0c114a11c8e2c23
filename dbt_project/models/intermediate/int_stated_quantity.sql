-- What a claim means, form by form. Its relation is the weaker of two: that of the words themselves (codebook.quantity), and
-- that of the line the form prints for this very figure, or closeMatch where it prints no such line, as prose never does.
with printed as (

    select
        slot.form,
        crosswalk.indicator_id,
        crosswalk.applicant_type,
        crosswalk.outcome,
        crosswalk.route,
        crosswalk.is_total,
        match_type.strength
    from {{ ref('crosswalk') }} as crosswalk
    inner join {{ ref('slot') }} as slot on crosswalk.slot_id = slot.slot_id
    inner join {{ ref('match_type') }} as match_type on crosswalk.match_type = match_type.match_type
    -- A claim is the figure of the year; a column of a quarter or of all years is another line.
    where crosswalk.period = 'annual'

),

printed_anywhere as (

    select
        indicator_id,
        bool_or(is_total) as is_total
    from printed
    group by indicator_id

),

unprinted as (

    select strength
    from {{ ref('match_type') }}
    where match_type = 'closeMatch'

)

select
    form.form,
    quantity.quantity_id,
    quantity.indicator_id,
    quantity.applicant_type,
    quantity.outcome,
    quantity.route,
    -- As the form says of its line; else a total of applicants or outcomes, or a figure that other forms print as a total.
    coalesce(
        printed.is_total,
        quantity.applicant_type = 'total',
        quantity.outcome = 'total',
        printed_anywhere.is_total,
        false
    ) as is_total,
    words.strength as words_strength,
    weaker.match_type
from {{ ref('quantity') }} as quantity
cross join {{ ref('form') }} as form
cross join unprinted
inner join {{ ref('match_type') }} as words on quantity.relation = words.match_type
left join printed
    on
        form.form = printed.form
        and quantity.indicator_id = printed.indicator_id
        and quantity.applicant_type is not distinct from printed.applicant_type
        and quantity.outcome is not distinct from printed.outcome
        and quantity.route is not distinct from printed.route
left join printed_anywhere on quantity.indicator_id = printed_anywhere.indicator_id
inner join {{ ref('match_type') }} as weaker
    on greatest(words.strength, coalesce(printed.strength, unprinted.strength)) = weaker.strength
