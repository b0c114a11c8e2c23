-- What an organ changed when it published a report again: each slot whose print differs between a vintage and the one before.
with follows as materialized (

    select
        newer.report_id as newer_report_id,
        older.report_id as older_report_id,
        newer.organ_name,
        newer.year,
        newer.coverage,
        newer.form,
        newer.vintage,
        newer.known_from
    from {{ ref('provenance_vintage') }} as pair
    inner join {{ ref('provenance_report') }} as one on pair.report_id = one.report_id
    inner join {{ ref('provenance_report') }} as other on pair.newer_report_id = other.report_id
    -- Rank and order of arrival are two things: a pair is read from its earlier vintage to its later.
    inner join {{ ref('provenance_report') }} as older
        on older.report_id = case when one.vintage < other.vintage then one.report_id else other.report_id end
    inner join {{ ref('provenance_report') }} as newer
        on newer.report_id = case when one.vintage < other.vintage then other.report_id else one.report_id end
    where pair.is_same_form
    qualify row_number() over (partition by newer.report_id order by older.vintage desc) = 1

),

cell as materialized (

    -- Few reports have vintages: their cells are taken out of all before two of them meet.
    select
        cell_id,
        report_id,
        slot_id,
        part,
        raw_text,
        value,
        value_status
    from {{ ref('provenance_cell') }}
    where
        slot_id is not null
        and report_id in (
            select older_report_id from follows
            union all
            select newer_report_id from follows
        )

),

older_cell as (

    select
        follows.newer_report_id,
        cell.*
    from follows
    inner join cell on follows.older_report_id = cell.report_id

),

newer_cell as (

    select
        follows.newer_report_id,
        cell.*
    from follows
    inner join cell on follows.newer_report_id = cell.report_id

),

compared as (

    select
        coalesce(older.newer_report_id, newer.newer_report_id) as newer_report_id,
        coalesce(older.slot_id, newer.slot_id) as slot_id,
        coalesce(older.part, newer.part) as part,
        older.cell_id as older_cell_id,
        newer.cell_id as newer_cell_id,
        older.raw_text as older_raw_text,
        newer.raw_text as newer_raw_text,
        older.value as older_value,
        newer.value as newer_value,
        older.value_status as older_status,
        newer.value_status as newer_status,
        case
            when older.cell_id is null then 'added'
            when newer.cell_id is null then 'removed'
            else 'changed'
        end as kind
    from older_cell as older
    full join newer_cell as newer
        on
            older.newer_report_id = newer.newer_report_id
            and older.slot_id = newer.slot_id
            and older.part is not distinct from newer.part
    where
        older.value is distinct from newer.value
        or older.value_status is distinct from newer.value_status

)

select
    follows.older_report_id,
    compared.newer_report_id,
    follows.organ_name,
    follows.year,
    follows.coverage,
    follows.form,
    follows.vintage,
    follows.known_from as changed_at,
    compared.slot_id,
    compared.part,
    slot.row_path,
    slot.column_path,
    crosswalk.indicator_id,
    compared.kind,
    compared.older_cell_id,
    compared.newer_cell_id,
    compared.older_raw_text,
    compared.newer_raw_text,
    compared.older_value,
    compared.newer_value,
    compared.older_status,
    compared.newer_status
from compared
inner join follows on compared.newer_report_id = follows.newer_report_id
left join {{ ref('slot') }} as slot on compared.slot_id = slot.slot_id
left join {{ ref('crosswalk') }} as crosswalk on compared.slot_id = crosswalk.slot_id
