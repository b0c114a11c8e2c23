with source as (

    select * from {{ source('staged', 'cell') }}

),

renamed as (

    select
        load as load_name,
        cell_id,
        report_id,
        slot_id,
        section,
        row_path,
        column_path,
        part,
        raw_text,
        value as printed_value,
        unit as printed_unit,
        value_status,
        reason as unreadable_reason,
        is_inferred,
        char_start,
        char_end,
        locator
    from source

)

select * from renamed
