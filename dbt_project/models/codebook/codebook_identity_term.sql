-- The edit rules as signed terms over slots: sum of coefficient x value, operator, 0. The declared lines of
-- expectations/identity_line.csv are laid over the printed form: `@` stands for the instance, `*` for all there are.
-- Rules over lines that the form does not print (stage if-printed) have no slots, hence no terms here.
with form_line as (

    select
        identity_line.* exclude (forms),
        unnest(string_split(identity_line.forms, ';')) as form
    from {{ ref('identity_line') }} as identity_line

),

instance as (

    select distinct
        form_line.form,
        form_line.table_id,
        form_line.for_each,
        form_line.over,
        case form_line.for_each when 'column' then slot.column_id else slot.line_id end as instance
    from form_line
    inner join {{ ref('slot') }} as slot
        on
            form_line.form = slot.form
            and form_line.table_id = slot.table_id
    where form_line.over = '*'

    union all

    select distinct
        form,
        table_id,
        for_each,
        over,
        unnest(string_split(over, ';')) as instance
    from form_line
    where over != '*'

)

select
    form_line.identity_id,
    form_line.form,
    replace(form_line.instance, '@', instance.instance) as instance_key,
    identity.operator,
    concat_ws(
        '/',
        form_line.form,
        form_line.table_id,
        replace(form_line.line_id, '@', instance.instance),
        replace(form_line.column_id, '@', instance.instance)
    ) as slot_id,
    form_line.coefficient
from form_line
inner join instance
    on
        form_line.form = instance.form
        and form_line.table_id = instance.table_id
        and form_line.for_each = instance.for_each
        and form_line.over = instance.over
inner join {{ ref('identity') }} as identity on form_line.identity_id = identity.identity_id
where identity.stage = 'report-linear'
