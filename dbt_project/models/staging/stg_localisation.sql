with source as (

    select * from {{ source('staged', 'localisation') }}

),

renamed as (

    select
        load as load_name,
        report_id,
        part,
        form,
        group_id,
        set_id,
        kind,
        cell_id,
        slot_id,
        printed_value,
        implied_value,
        edit,
        source,
        score,
        is_only,
        is_capped,
        sentence_zh,
        sentence_en
    from source

)

select * from renamed
