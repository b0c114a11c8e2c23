with source as (

    select * from {{ source('staged', 'soft_result') }}

),

renamed as (

    select
        load as load_name,
        report_id,
        identity_id,
        instance_key,
        left_value,
        operator,
        right_value,
        difference,
        status as soft_status,
        severity,
        left_quote,
        right_quote,
        left_ids,
        right_ids,
        sentence_zh,
        sentence_en
    from source

)

select * from renamed
