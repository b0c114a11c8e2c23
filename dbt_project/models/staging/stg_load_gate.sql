with source as (

    select * from {{ source('staged', 'load_gate') }}

),

renamed as (

    select
        load as load_name,
        passed,
        reason as refusal_reason,
        documents,
        reports,
        held,
        held_share,
        staged_fingerprint,
        results_json
    from source

)

select * from renamed
